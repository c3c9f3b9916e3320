import { refuseAt } from '#kernel';
import type { InvoiceItemInput } from '#billing';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { MoneyDto, moneyOf } from '../http/money.dto.js';
import { IsDecimalText, IsMetadata, IsPositiveDecimalText, MayBeAbsent } from '../http/rules.js';
import { DryRunDto } from './billing.dto.js';

export class AddInvoiceItemDto extends DryRunDto {
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
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyDto)
  amount?: MoneyDto;

  /** The next invoice of the account, whenever that is, or one of its own that is issued at once. @example "next_invoice" */
  @MayBeAbsent()
  @IsIn(['next_invoice', 'own_invoice'])
  on?: 'next_invoice' | 'own_invoice';

  /** Yours, stored as it is and never erased: no personal data here. @example { "order": "4711" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;
}

/** @throws DomainError `invalid_item_price` */
export const invoiceItemInput = (item: AddInvoiceItemDto): InvoiceItemInput => ({
  description: item.description,
  price: priceOf(item),
  on: item.on ?? 'next_invoice',
  metadata: item.metadata ?? {},
});

const priceOf = ({ quantity, unitAmount, amount }: AddInvoiceItemDto): InvoiceItemInput['price'] => {
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
  return { amount: moneyOf(amount, '/amount') };
};
