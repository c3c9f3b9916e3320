import { Matches } from 'class-validator';
import { OfAccountsQuery } from './reports.dto.js';

const MONTH = /^[12]\d{3}-(0[1-9]|1[0-2])$/;

export class RevenueQueryDto extends OfAccountsQuery {
  /** A calendar month. @example "2026-01" */
  @Matches(MONTH)
  from!: string;

  /** Included; it may lie ahead. @example "2026-06" */
  @Matches(MONTH)
  to!: string;
}
