import type { AccountId, BillingRunId, Instant, LocalDate, PaymentId } from '#kernel';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { CommaSeparated, PageQuery, TimeQuery, TruthValue } from '../../pipeline/queries.dto.js';
import { InstantField, DateField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { IsCurrencyCode, IsDecimalText, MayBeAbsent } from '../../pipeline/rules.js';

export class InvoiceQueryDto extends TimeQuery {
  /** Whether `billTo` is shown: this is recorded as a read of personal data. @example true */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  personal?: boolean;
}

export class InvoicesQueryDto extends PageQuery {
  /** @example "open,paid" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['draft', 'open', 'paid', 'void', 'uncollectible'], { each: true })
  status?: string[];

  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "run_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @MayBeAbsent()
  @IdField('billing_run')
  @Length(1, 64)
  billingRunId?: BillingRunId;

  /** @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  'createdAt[gte]'?: Instant;

  /** @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  'createdAt[lt]'?: Instant;

  /** @example "INV-000042" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  number?: string;

  /** @example "USD" */
  @MayBeAbsent()
  @IsCurrencyCode()
  currency?: string;

  /** Whether it was due and is not paid. @example true */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  overdue?: boolean;

  /** Issued on this day or after. @example "2026-01-01" */
  @MayBeAbsent()
  @DateField()
  'issueDate[gte]'?: LocalDate;

  /** Issued on this day or before. @example "2026-01-31" */
  @MayBeAbsent()
  @DateField()
  'issueDate[lte]'?: LocalDate;

  /** Due on this day or after. @example "2026-03-01" */
  @MayBeAbsent()
  @DateField()
  'dueOn[gte]'?: LocalDate;

  /** Due on this day or before. @example "2026-03-31" */
  @MayBeAbsent()
  @DateField()
  'dueOn[lte]'?: LocalDate;

  /** In major units of the invoice's own currency. @example "10.00" */
  @MayBeAbsent()
  @IsDecimalText()
  'total[gte]'?: string;

  /** @example "500.00" */
  @MayBeAbsent()
  @IsDecimalText()
  'total[lte]'?: string;

  /** A field, with `-` downwards; the newest first unless named. What is not issued or numbered yet comes last upwards. @example "dueOn" */
  @MayBeAbsent()
  @IsIn([
    'createdAt',
    '-createdAt',
    'issueDate',
    '-issueDate',
    'dueOn',
    '-dueOn',
    'number',
    '-number',
    'total',
    '-total',
  ])
  sort?: string;
}

export class RefundsQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "pay_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @MayBeAbsent()
  @IdField('payment')
  @Length(1, 64)
  paymentId?: PaymentId;

  /** A field, with `-` downwards; the newest first unless named. @example "issuedOn" */
  @MayBeAbsent()
  @IsIn(['issuedOn', '-issuedOn', 'amount', '-amount', 'createdAt', '-createdAt'])
  sort?: string;
}

export class PaymentsQueryDto extends PageQuery {
  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** A field, with `-` downwards; the newest first unless named. @example "receivedOn" */
  @MayBeAbsent()
  @IsIn(['receivedOn', '-receivedOn', 'amount', '-amount', 'createdAt', '-createdAt'])
  sort?: string;
}

export class BillingRunsQueryDto extends PageQuery {
  /** A field, with `-` downwards; the newest first unless named. @example "startedAt" */
  @MayBeAbsent()
  @IsIn(['startedAt', '-startedAt', 'billThrough', '-billThrough'])
  sort?: string;
}
