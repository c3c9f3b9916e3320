import { type PersonalData } from '#billing/account';
import { segmentAt, type SubscriptionRecord, type SubscriptionStatus } from '#billing/subscription';
import type { Instant, TenantId } from '#kernel';
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
  /** Where it begins with a trial. */
  trialEndsAt!: string | null;
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
  /** @example { "tier": "gold" } */
  metadata!: Record<string, string>;
  /** When the earliest thing that is not billed yet falls due. @example "2026-02-01T00:00:00Z" */
  nextBillAt!: string | null;
}

/** A subscription as of a moment: its terms and its status are looked up in its timeline. */
type LookedAt = SubscriptionRecord & { readonly status: SubscriptionStatus; readonly at: Instant };

const subscriptionResource = (record: LookedAt, externalId: string | null): SubscriptionResource => {
  const { plan, planVersion, quantities, overrides } = segmentAt(record.segments, record.at) ?? record;
  return {
    id: record.subscriptionId,
    externalId,
    accountId: record.accountId,
    plan,
    planVersion,
    status: record.status,
    startAt: record.startAt,
    activatedAt: record.activatedAt,
    trialEndsAt: record.trialEndsAt,
    endsAt: record.endsAt,
    anchor: { ...record.anchor },
    timeZone: record.timeZone,
    activation: record.activation,
    quantities,
    overrides: overrides as SubscriptionResource['overrides'],
    metadata: record.metadata,
    nextBillAt: record.nextBillAt,
  };
};

/** Opens the external ids of many subscriptions with one look-up of their keys. */
export const subscriptionResources = async (
  personalData: PersonalData,
  tenantId: TenantId,
  subscriptions: readonly LookedAt[],
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
    subscriptionResource(subscription, externalIds.get(subscription.subscriptionId) ?? null),
  );
};
