import { Length, Matches } from 'class-validator';
import type { AccountId } from '#kernel';
import { IdField } from '../../pipeline/ids.js';
import { IsCurrencyCode, MayBeAbsent } from '../../pipeline/rules.js';
import { AsOfQuery } from './reports.dto.js';

const MONTH = /^[12]\d{3}-(0[1-9]|1[0-2])$/;

export class RevenueQueryDto extends AsOfQuery {
  /** A calendar month. @example "2026-01" */
  @Matches(MONTH)
  from!: string;

  /** Included; it may lie ahead. @example "2026-06" */
  @Matches(MONTH)
  to!: string;

  /** Of this account alone. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "USD" */
  @MayBeAbsent()
  @IsCurrencyCode()
  currency?: string;
}
