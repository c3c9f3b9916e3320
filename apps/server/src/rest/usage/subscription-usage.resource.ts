import { ApiProperty } from '@nestjs/swagger';
import type { ChargeUsage } from '#billing/usage';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';

/** What one usage charge of a subscription counted in a period, or in a window of one. */
export class SubscriptionUsageResource {
  /** @example "tokens" */
  charge!: string;
  /** @example "input_tokens" */
  meter!: string;
  /** @example "llm-pro" */
  plan!: string;
  /** @example 1 */
  planVersion!: number;
  /** @example "2026-01-01T00:00:00Z" */
  start!: string;
  /** @example "2026-02-01T00:00:00Z" */
  end!: string;
  /** What the meter counts by now, as billing measures it. @example "561229" */
  quantity!: string;
  /** Readings that were counted. @example 485 */
  @ApiProperty({ format: 'int64' })
  count!: number;
  /** How much of it invoices have billed. @example "561000" */
  quantityBilled!: string | null;
  /** What invoices have billed for it, before discounts of whole invoices and tax. @example { "amount": "56.10", "currency": "USD" } */
  billed!: MoneyDto | null;
  /** What more would be billed by what is known now; null where nothing more ever is. @example { "amount": "0.02", "currency": "USD" } */
  upcoming!: MoneyDto | null;
}

export const subscriptionUsageResource = ({ billed, upcoming, ...usage }: ChargeUsage): SubscriptionUsageResource => ({
  ...usage,
  quantityBilled: billed && billed.quantity,
  billed: billed && moneyResource(billed.amount),
  upcoming: upcoming && moneyResource(upcoming),
});
