import type { AccountId } from '#kernel';
import { Length } from 'class-validator';
import { IdField } from '../../pipeline/ids.js';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class StartVerificationDto {
  /** One account; all of the tenant's unless named. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;
}
