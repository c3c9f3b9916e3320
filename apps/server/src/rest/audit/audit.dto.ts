import { IsString, Length } from 'class-validator';
import { PageQuery } from '../http/queries.dto.js';
import { MayBeAbsent } from '../http/rules.js';

export class PersonalDataReadsQueryDto extends PageQuery {
  /** Of this account alone. @example "external:cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 300)
  account?: string;
}
