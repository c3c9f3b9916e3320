import type { PersonalData, SubscriptionRecord, SubscriptionStatus } from '#billing';
import type { TenantId } from '#kernel';
import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { PriceOverrideDto } from './override.dto.js';
import { OVERRIDES, type AnchorDto } from './subscription.dto.js';

@ApiExtraModels(PriceOverrideDto)
/** An account's use of a plan version over time. */
export class SubscriptionResource {
  /** @example "sub_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "sub-42" */
  externalId!: string | null;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "llm-pro" */
  plan!: string;
  /** @example 1 */
  planVersion!: number;
  /** @example "active" */
  status!: SubscriptionStatus;
  /** @example "2026-01-01T00:00:00Z" */
  startAt!: string;
  /** @example "2026-01-01T00:00:00Z" */
  activatedAt!: string | null;
  /** Its end, once that is known. */
  endsAt!: string | null;
  anchor!: AnchorDto;
  /** @example "UTC" */
  timeZone!: string;
  /** @example "automatic" */
  activation!: 'automatic' | 'manual';
  /** @example { "seats": "5" } */
  quantities!: Record<string, string>;
  /** What was agreed apart from the plan, by charge. */
  @ApiProperty(OVERRIDES)
  overrides!: Record<string, PriceOverrideDto>;
  /** When the earliest thing that is not billed yet falls due. @example "2026-02-01T00:00:00Z" */
  nextBillAt!: string | null;
}

export const subscriptionResource = (
  record: SubscriptionRecord,
  status: SubscriptionStatus,
  externalId: string | null,
): SubscriptionResource => ({
  id: record.subscriptionId,
  externalId,
  accountId: record.accountId,
  plan: record.plan,
  planVersion: record.planVersion,
  status,
  startAt: record.startAt,
  activatedAt: record.activatedAt,
  endsAt: record.endsAt,
  anchor: { ...record.anchor },
  timeZone: record.timeZone,
  activation: record.activation,
  quantities: record.quantities,
  overrides: record.overrides as SubscriptionResource['overrides'],
  nextBillAt: record.nextBillAt,
});

/** Opens the external ids of many subscriptions with one look-up of their keys. */
export const subscriptionResources = async (
  personalData: PersonalData,
  tenantId: TenantId,
  subscriptions: readonly (SubscriptionRecord & { readonly status: SubscriptionStatus })[],
): Promise<SubscriptionResource[]> => {
  const sealed = subscriptions.filter(({ personal }) => personal !== null);
  const opened = await personalData.open(
    tenantId,
    sealed.map(({ personal }) => personal!),
  );
  const externalIds = new Map(
    sealed.map(({ subscriptionId }, index) => [subscriptionId, opened[index]?.['externalId'] as string]),
  );
  return subscriptions.map((subscription) =>
    subscriptionResource(subscription, subscription.status, externalIds.get(subscription.subscriptionId) ?? null),
  );
};
