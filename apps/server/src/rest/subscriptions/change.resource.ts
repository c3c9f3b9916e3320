import type { EndCredit, ChangeProration, InvoiceLine, ChangeKind } from '#contracts';
import { sum } from '#kernel';
import type { SubscriptionChangeRecord } from '#projections/subscriptions';
import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { type InvoiceLineResource, lineResource } from '../billing/invoice-line.resource.js';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import { PriceOverrideDto } from './override.dto.js';
import { OVERRIDES } from './subscription.dto.js';
import { SubscriptionResource } from './subscription.resource.js';

/** A change of a subscription that does not count yet. */
@ApiExtraModels(PriceOverrideDto)
export class ScheduledChangeResource {
  /** @example "0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11" */
  id!: string;
  /** @example "plan" */
  kind!: ChangeKind;
  /** @example "2027-01-01T00:00:00Z" */
  effectiveFrom!: string;
  /** Of another plan. @example "llm-pro" */
  plan!: string | null;
  /** @example 1 */
  planVersion!: number | null;
  /** Units by then. @example { "seats": "8" } */
  quantities!: Record<string, string> | null;
  /** What is agreed apart from the plan by then, by charge. */
  @ApiProperty({ ...OVERRIDES, nullable: true })
  overrides!: Record<string, PriceOverrideDto> | null;
  /** Of a pause that ends by itself. */
  until!: string | null;
  /** Of what was billed in advance. @example "prorated" */
  proration!: EndCredit | ChangeProration | null;
  /** @example "2026-12-11T09:30:00Z" */
  recordedAt!: string;
}

export const scheduledChangeResource = (change: SubscriptionChangeRecord): ScheduledChangeResource => ({
  id: change.changeId,
  kind: change.kind,
  effectiveFrom: change.effectiveFrom,
  plan: change.plan,
  planVersion: change.planVersion,
  quantities: change.quantities,
  overrides: change.overrides as ScheduledChangeResource['overrides'],
  until: change.until,
  proration: change.policy,
  recordedAt: change.recordedAt,
});

/** What a change gives back and charges by the moment from which it counts. Usage, which nobody knows yet, is not in it. */
export class ChangePreviewResource {
  lines!: InvoiceLineResource[];
  total!: MoneyDto;
}

export class ChangedSubscriptionResource extends SubscriptionResource {
  /** Of a dry run. */
  preview?: ChangePreviewResource;
}

export const changePreviewResource = (lines: readonly InvoiceLine[], currency: string): ChangePreviewResource => ({
  lines: lines.map((line) => lineResource(line)),
  total: moneyResource(
    sum(
      lines.map(({ amount }) => amount),
      currency,
    ),
  ),
});
