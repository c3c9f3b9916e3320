import type { TakenOffDraft } from '#contracts';
import { refuseAt, type Money } from '#kernel';
import type { InvoiceItemInput } from '#billing/invoice-item';
import { IsIn, IsString, Length } from 'class-validator';
import { InsteadOf } from '../../pipeline/documented.js';
import { MoneyField } from '../../pipeline/money.dto.js';
import { IsDecimalText, IsMetadata, IsPercent, IsPositiveDecimalText, MayBeAbsent } from '../../pipeline/rules.js';
import { IsTaxClass } from '../taxes/tax.dto.js';
import { DryRunDto } from './billing.dto.js';

/** Something that is charged or credited once. */
export abstract class ItemDto extends DryRunDto {
  /** What the invoice says. @example "Setup" */
  @IsString()
  @Length(1, 256)
  description!: string;

  /** With `unitAmount`: how many; 1 unless named. @example "3" */
  @MayBeAbsent()
  @IsPositiveDecimalText()
  quantity?: string;

  /** For each, in major units of the account's currency, rounded once for all; below zero to give something back. @example "50.00" */
  @MayBeAbsent()
  @IsDecimalText()
  unitAmount?: string;

  /** For the whole, instead of `unitAmount`; below zero to give something back. */
  @InsteadOf('unitAmount')
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;

  /** What it is as far as taxes go: tax rates say for which class they are; `standard` unless named. @example "reduced" */
  @MayBeAbsent()
  @IsTaxClass()
  taxClass?: string;

  /** Yours, stored as it is and never erased: no personal data here. @example { "order": "4711" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;
}

export class AddInvoiceItemDto extends ItemDto {
  /** The next invoice of the account, whenever that is, or one of its own that is issued at once. @example "next_invoice" */
  @MayBeAbsent()
  @IsIn(['next_invoice', 'own_invoice'])
  on?: 'next_invoice' | 'own_invoice';
}

export class AddDraftLineDto extends ItemDto {
  /** Why: it stands on the line. @example "agreed by phone" */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}

export class ChangeDraftLineDto extends DryRunDto {
  /** What the line is to come to, tax apart; nothing at all drops it. */
  @MoneyField()
  amount!: Money;

  /** Why: it stands on the line that does it. @example "agreed by phone" */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}

export class DiscountDraftDto extends DryRunDto {
  /** What its lines say before what they are of. @example "Goodwill" */
  @IsString()
  @Length(1, 128)
  name!: string;

  /** What is taken off, in percent of what is left of each line. @example "10" */
  @MayBeAbsent()
  @IsPercent()
  percent?: string;

  /** In place of a percentage: what is taken off all lines together, which bear it in proportion. */
  @InsteadOf('percent')
  @MayBeAbsent()
  @MoneyField()
  amount?: Money;

  /** Why: it stands on its lines. @example "the outage of March" */
  @IsString()
  @Length(1, 1024)
  reason!: string;
}

export const takenOffIn = ({ percent, amount }: DiscountDraftDto): TakenOffDraft => ({
  ...(percent === undefined ? {} : { percent }),
  ...(amount === undefined ? {} : { amount }),
});

/** @throws DomainError `invalid_item_price` | `invalid_amount` */
export const itemIn = (item: ItemDto): Omit<InvoiceItemInput, 'on'> => ({
  description: item.description,
  price: priceOf(item),
  ...(item.taxClass === undefined ? {} : { taxClass: item.taxClass }),
  metadata: item.metadata ?? {},
});

const priceOf = ({ quantity, unitAmount, amount }: ItemDto): InvoiceItemInput['price'] => {
  if (unitAmount !== undefined && amount === undefined) return { quantity: quantity ?? '1', unitAmount };
  if (amount === undefined)
    return refuseAt('/amount', 'invalid_item_price', 'Name an amount for the whole, or a unitAmount for each.');
  if (unitAmount !== undefined)
    return refuseAt('/amount', 'invalid_item_price', 'Name either an amount for the whole or a unitAmount for each.');
  if (quantity !== undefined)
    return refuseAt(
      '/quantity',
      'invalid_item_price',
      'A quantity goes with a unitAmount: an amount is for the whole.',
    );
  return { amount };
};
