import { ApiProperty } from '@nestjs/swagger';
import type { InvoiceLine, ItemLine, LineKind, TopUpLine } from '#contracts';
import { grossAmountOf, isRated, type DocumentLine } from '#billing/invoice';
import { money } from '#kernel';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import { lineDiscountResource, type LineDiscountResource } from './line-discount.resource.js';
import { type PriceOverrideDto } from '../subscriptions/override.dto.js';

export class PeriodResource {
  /** @example "2026-01-01T00:00:00Z" */
  start!: string;
  /** Not included. @example "2026-02-01T00:00:00Z" */
  end!: string;
}

export class ProrationResource {
  /** @example "day" */
  basis!: string;
  /** @example 17 */
  @ApiProperty({ format: 'int64' })
  numerator!: number;
  /** @example 31 */
  @ApiProperty({ format: 'int64' })
  denominator!: number;
}

export class RatingStepResource {
  /** @example 1 */
  tier?: number;
  /** @example "200000" */
  quantity?: string;
  /** What the quantity was before it was converted. @example "7400" */
  convertedFrom?: string;
  /** The units that chose the tier, where those priced were held for a part of the period. @example "300" */
  held?: string;
  /** @example "0.000003" */
  unitAmount?: string;
  /** In percent of the quantity. @example "2.9" */
  rate?: string;
  /** Once, for the whole or for entering a tier. */
  flat?: string;
  /** Property values of the readings that the quantity is of. @example { "model": "large" } */
  group?: Record<string, string>;
  /** Which limit of the price was reached. */
  limit?: 'minimum' | 'maximum';
  /** What was taken off, in basis points. @example 1000 */
  discount?: number;
  /** @example "0.6" */
  amount!: string;
}

export class OtherPartsResource {
  /** @example "480" */
  numerator!: string;
  /** @example "31" */
  denominator!: string;
}

/** One charge and service, less what other lines bill for it already; or an item that is billed once (`one_off`); or credit of a wallet (`wallet_top_up`). */
export class InvoiceLineResource {
  /** @example "lin_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "usage" */
  kind!: LineKind | ItemLine['kind'] | TopUpLine['kind'];
  /** Of what is rated. @example "input_tokens" */
  charge?: string;
  /** @example "Input tokens" */
  description!: string;
  period!: PeriodResource;
  /** @example "561229" */
  quantity!: string;
  /** Where one price holds for the whole quantity. @example "0.5" */
  unitAmount?: string;
  /** What discounts leave of it. With its tax inside where prices have it inside. */
  amount!: MoneyDto;
  /** Before discounts. */
  grossAmount!: MoneyDto;
  /** What was taken off. @example [] */
  discounts!: LineDiscountResource[];
  /** Its part of the tax of the invoice; nothing of a draft. */
  taxAmount!: MoneyDto;
  /** What it is as far as taxes go, where that is not `standard`. @example "reduced" */
  taxClass?: string;
  /** It bears the taxes of the invoice with this `group`. @example 0 */
  taxGroup!: number;
  /** Of what is rated. @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  subscriptionId?: string;
  /** Of an item. @example "itm_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceItemId?: string;
  /** Of a top-up. @example "wal_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  walletId?: string;
  /** Of an item. @example { "order": "4711" } */
  metadata?: Record<string, string>;
  /** Why somebody added it to the draft. @example "agreed by phone" */
  reason?: string;
  /** The line that it brings to another amount. @example "lin_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  adjusts?: string;
  /** The part of a whole period that is charged. */
  proration?: ProrationResource;
  /** Of usage: its part of what the price says of the period, where other terms have the rest. */
  part?: ProrationResource;
  /** Stretches within the period that are not billed by it: a pause, or other terms. */
  gaps?: PeriodResource[];
  /** What all else that is billed of the period comes to, exact, in major units: the parts of a period are rounded as one. */
  otherParts?: OtherPartsResource;
  /** What was agreed of the price apart from the plan. */
  override?: PriceOverrideDto;
  /** Of usage: the last revision of the account's usage stream that was counted. @example 484 */
  @ApiProperty({ format: 'int64' })
  cut?: number;
  /** How the whole quantity is priced, in major units, before proration and rounding. */
  steps!: RatingStepResource[];
  /** What lines before this one bill for the same charge and period. */
  billedBefore!: MoneyDto;
  /** Those lines. @example [] */
  priorLines!: string[];
}

export const lineResource = (line: DocumentLine, tax = 0n, taxGroup = 0): InvoiceLineResource => ({
  ...(isRated(line) ? chargeLineResource(line) : addedLineResource(line)),
  taxAmount: moneyResource(money(tax, line.amount.currency)),
  ...(line.kind === 'wallet_top_up' || line.taxClass === undefined ? {} : { taxClass: line.taxClass }),
  taxGroup,
});

type WithoutTax = Omit<InvoiceLineResource, 'taxAmount' | 'taxClass' | 'taxGroup'>;

const addedLineResource = (line: ItemLine | TopUpLine): WithoutTax => ({
  id: line.lineId,
  kind: line.kind,
  description: line.description,
  period: { start: line.addedAt, end: line.addedAt },
  quantity: line.quantity,
  amount: moneyResource(line.amount),
  grossAmount: moneyResource(line.kind === 'one_off' ? grossAmountOf(line) : line.amount),
  discounts: line.kind === 'one_off' ? (line.discounts ?? []).map(lineDiscountResource) : [],
  ...(line.kind === 'one_off' ? itemFields(line) : { walletId: line.walletId }),
  steps: [],
  billedBefore: moneyResource(money(0n, line.amount.currency)),
  priorLines: [],
});

const itemFields = ({ itemId, metadata, reason, adjusts, unitAmount }: ItemLine): Partial<InvoiceLineResource> => ({
  invoiceItemId: itemId,
  ...(unitAmount === undefined ? {} : { unitAmount }),
  metadata: { ...metadata },
  ...(reason === undefined ? {} : { reason }),
  ...(adjusts === undefined ? {} : { adjusts }),
});

const chargeLineResource = (line: InvoiceLine): WithoutTax => {
  const { lineId, kind, charge, description, service, quantity, amount, subscriptionId, proration, inputs, steps } =
    line;
  const { discounts = [] } = line;
  const [step] = steps;
  return {
    id: lineId,
    kind,
    charge,
    description,
    period: { start: service.start, end: service.end },
    quantity,
    ...(steps.length === 1 && step?.unitAmount !== undefined ? { unitAmount: step.unitAmount } : {}),
    amount: moneyResource(amount),
    grossAmount: moneyResource(grossAmountOf(line)),
    discounts: discounts.map(lineDiscountResource),
    subscriptionId,
    ...(proration ? { proration: { ...proration } } : {}),
    ...(line.part ? { part: { ...line.part } } : {}),
    ...(line.gaps ? { gaps: line.gaps.map((gap) => ({ ...gap })) } : {}),
    ...(line.otherParts ? { otherParts: { ...line.otherParts } } : {}),
    ...(line.override ? { override: line.override as PriceOverrideDto } : {}),
    ...(inputs ? { cut: inputs.cut } : {}),
    steps: [...steps],
    billedBefore: moneyResource(line.billedBefore),
    priorLines: [...line.priorLines],
  };
};
