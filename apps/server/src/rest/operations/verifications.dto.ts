import { IsString, Length } from 'class-validator';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class StartVerificationDto {
  /** One account; all of the tenant's unless named. @example "external:cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 300)
  accountId?: string;
}
