import type { CreditNoteInput, LineToCredit } from '#billing/credit-note';
import { Decimal, type AccountId, type InvoiceId, type LineId, type LocalDate, type Money } from '#kernel';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Equals, IsArray, IsIn, IsString, Length, ValidateNested } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { DateField } from '../../pipeline/fields.js';
import { IdField } from '../../pipeline/ids.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { IsPositiveDecimalText, MayBeAbsent } from '../../pipeline/rules.js';
import { DryRunDto } from '../billing/billing.dto.js';

/** A line of the invoice, and how much of it is given back: one of `all`, `quantity` and `amount`. */
export class CreditedLineDto {
  /** @example "lin_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @IdField('invoice_line')
  @Length(1, 64)
  lineId!: LineId;

  /** All that is left of it. @example true */
  @MayBeAbsent()
  @Equals(true)
  all?: true;

  /** So many of its units. @example "2" */
  @InsteadOf('all')
  @MayBeAbsent()
  @IsPositiveDecimalText()
  quantity?: string;

  /** As the invoice shows the amount of the line: its tax comes on top, unless prices have it inside. */
  @InsteadOf('all')
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;
}

export class IssueCreditNoteDto extends DryRunDto {
  /** `concession`: some of the invoice, of goodwill or to mend it. `cancellation`: all that is left of it. @example "concession" */
  @MayBeAbsent()
  @IsIn(['concession', 'cancellation'])
  kind?: CreditNoteInput['kind'];

  /** Lines to give back, each named once. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => CreditedLineDto)
  lines?: CreditedLineDto[];

  /** Instead of `lines`: over all of them, in proportion to what is left of each. As the invoice shows its lines: without their tax, unless prices have it inside. */
  @InsteadOf('lines')
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;

  /** Why: for your own records. @example "outage on 12 February" */
  @IsString()
  @Length(1, 1024)
  reason!: string;

  /** What the credit note says to the customer. @example "We are sorry for the outage." */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  memo?: string;
}

export class CreditNotesQueryDto extends PageQuery {
  /** @example "issued,void" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['issued', 'void'], { each: true })
  status?: string[];

  /** @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  accountId?: AccountId;

  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  @MayBeAbsent()
  @IdField('invoice')
  @Length(1, 64)
  invoiceId?: InvoiceId;

  /** @example "CN-000007" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  number?: string;

  /** Issued on this day or after. @example "2026-02-01" */
  @MayBeAbsent()
  @DateField()
  'issueDate[gte]'?: LocalDate;

  /** Issued on this day or before. @example "2026-02-28" */
  @MayBeAbsent()
  @DateField()
  'issueDate[lte]'?: LocalDate;

  /** A field, with `-` downwards; the newest first unless named. What is not numbered yet comes last upwards. @example "issueDate" */
  @MayBeAbsent()
  @IsIn(['createdAt', '-createdAt', 'issueDate', '-issueDate', 'number', '-number', 'total', '-total'])
  sort?: string;
}

/** What a caller asks to be given back, in the words of the rules. */
export const creditNoteIn = ({ dryRun: _, kind, lines, ...note }: IssueCreditNoteDto): CreditNoteInput => ({
  kind: kind ?? 'concession',
  ...note,
  ...(lines === undefined ? {} : { lines: lines.map(lineIn) }),
});

const lineIn = ({ quantity, ...line }: CreditedLineDto): LineToCredit => ({
  ...line,
  ...(quantity === undefined ? {} : { quantity: Decimal.parse(quantity) }),
});
