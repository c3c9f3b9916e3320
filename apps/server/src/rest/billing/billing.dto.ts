import type { AccountId, Instant, InvoiceId, LocalDate, Money } from '#kernel';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { MoneyField } from '../../pipeline/money.dto.js';
import { InstantField, DateField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { IsWithinReach, MayBeAbsent } from '../../pipeline/rules.js';

/** Commands that can say what would happen. */
export class DryRunDto {
  /** Answers what would happen, and writes nothing. @example false */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

export class StartBillingRunDto extends DryRunDto {
  /** Everything due up to this instant is billed. @example "2026-02-01T00:00:00Z" */
  @InstantField()
  @IsWithinReach()
  billThrough!: Instant;

  /** Only these accounts: `acc_…` or `external:<externalId>`. @example ["external:cust-42"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IdField('account', { each: true })
  @Length(1, 300, { each: true })
  accounts?: AccountId[];
}

export class ReasonDto extends DryRunDto {
  /** @example "wrong address" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}

export class VoidInvoiceDto extends ReasonDto {
  /** Whether what it billed is due again; `false` gives that up for good. @example true */
  @MayBeAbsent()
  @IsBoolean()
  billAgain?: boolean;
}

export class ReceivePaymentDto extends DryRunDto {
  @MoneyField()
  amount!: Money;

  /** Your word for how it came in; not the name of a ledger account other than `cash`. @example "bank_transfer" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  method?: string;

  /** What the bank statement says. @example "RF18 5390 0754 7034" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  reference?: string;

  /** Today unless named; not ahead of today, nor more than ten years back. @example "2026-02-03" */
  @MayBeAbsent()
  @DateField()
  receivedOn?: LocalDate;
}

export class AllocationDto {
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @IdField('invoice')
  @Length(1, 64)
  invoiceId!: InvoiceId;

  /** All that it is owed, as far as the money reaches, unless named. */
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;
}

export class ReceiveAccountPaymentDto extends ReceivePaymentDto {
  /** The invoices that it is for. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AllocationDto)
  allocations?: AllocationDto[];

  /** What the money does that no allocation names: it settles open invoices, the oldest due first, or it waits as credit for the next one. @example "oldest_due" */
  @MayBeAbsent()
  @IsIn(['oldest_due', 'none'])
  allocate?: 'oldest_due' | 'none';
}

export class RefundCreditDto extends ReasonDto {
  /** All that is there unless named. */
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;
}

export class RefundPaymentDto extends RefundCreditDto {
  /** Beyond the credit that is there: what the payment settled is owed again. @example false */
  @MayBeAbsent()
  @IsBoolean()
  reopenInvoices?: boolean;
}

export class ApplyCreditDto extends DryRunDto {
  /** Open invoices, the oldest due first, unless some are named. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => AllocationDto)
  allocations?: AllocationDto[];
}
