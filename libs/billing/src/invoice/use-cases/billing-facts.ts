import { accountStream, usageStream, type Personal } from '#contracts';
import { Decimal, DomainError, type AccountId, type Instant, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Account, Profile } from '../../account/account.state.js';
import { knownProfile, openProfile } from '../../account/profile.decider.js';
import type { Catalog } from '../../catalog/catalog.decider.js';
import type { DueFacts } from '../due-service.js';
import { dueWithin, LINES_PER_INVOICE_MAX, type Due } from '../due-services.js';
import { usageDemands } from '../usage-demand.js';
import { withCuts } from '../used-by.js';
import {
  needsReadings,
  type Arrival,
  type Measured,
  type MeasuredUsage,
  type UsageDemand,
} from '../../usage/measurement.js';
import { byGroup, groupNamed, groupTotal, measure, quantityOf } from '../../usage/metering.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { failureOf, type Failure } from './failure.js';
import { othersFirst } from './others-first.js';
import { UsageReadings, type RawMeasurement, type UsageSnapshot } from '../../usage/ports/usage-readings.js';
import { billedTo, IssueTermsOf, type TenantTerms } from './issue-terms-of.js';
import type { TaxTerms } from '../../tax/tax-terms.js';

/** What the billing of one account decides on, beside its own state. */
export interface AccountFacts {
  readonly usage: MeasuredUsage;
  readonly arrivals: readonly Arrival[];
  readonly billTo: Personal;
  readonly tax: TaxTerms;
  readonly profile: Profile;
  /** How many services are rated, and whether there are more than go on one invoice. */
  readonly services: number;
  readonly more: boolean;
}

interface Demanded {
  readonly accountId: AccountId;
  readonly personal: Personal;
  readonly profile: Profile;
  readonly demands: readonly UsageDemand[];
  readonly services: number;
  readonly more: boolean;
}

/** How much may be looked at for one answer. @throws DomainError where it is more */
export interface LinesBudget {
  spend(accountId: AccountId, lines: number, more: boolean): void;
}

/** An account, and which of its services are to be rated: those that are due up to an instant, or others. */
type Gathering = { readonly accountId: AccountId } & (
  | { readonly billThrough: Instant }
  | { readonly due: (account: Account, facts: Pick<DueFacts, 'catalog' | 'arrivals'>) => Due }
);

const UNLIMITED: LinesBudget = { spend: () => undefined };

type Failed = { readonly failure: Failure };

/** Gathers usage and bill-to of many accounts: a handful of statements, however many accounts there are. */
@Injectable()
export class BillingFacts {
  constructor(
    private readonly accounts: Accounts,
    private readonly usage: UsageReadings,
    private readonly terms: IssueTermsOf,
  ) {}

  async gather(
    tenantId: TenantId,
    orders: readonly Gathering[],
    terms: Pick<TenantTerms, 'catalog' | 'usageShards' | 'taxSettings' | 'taxRates'>,
    budget: LinesBudget = UNLIMITED,
  ): Promise<ReadonlyMap<AccountId, AccountFacts | Failed>> {
    const { catalog, usageShards } = terms;
    return this.usage.inSnapshot(tenantId, async (snapshot) => {
      const accountIds = orders.map(({ accountId }) => accountId);
      const [cuts, arrivals] = await Promise.all([snapshot.cuts(accountIds), snapshot.arrivals(accountIds)]);
      const demanded = await Promise.all(
        orders.map((order) => this.demandsOf(tenantId, order, catalog, arrivals.get(order.accountId) ?? [])),
      );
      const possible = demanded.filter((answer) => 'demands' in answer);
      // Before anything is measured or rated.
      for (const { accountId, services, more } of possible) budget.spend(accountId, services, more);
      const [measured, billTos] = await Promise.all([
        measureAll(snapshot, possible),
        this.terms.billTos(tenantId, possible),
      ]);
      const facts = new Map<AccountId, AccountFacts | Failed>();
      for (const answer of demanded) {
        const { accountId } = answer;
        const byKey = 'failure' in answer ? answer : measured.get(accountId)!;
        if ('failure' in answer || 'failure' in byKey) {
          facts.set(accountId, byKey as Failed);
        } else {
          const stream = usageStream(tenantId, accountId, usageShards);
          const usage = { stream, cut: cuts.get(accountId) ?? -1, byKey };
          const { profile, services, more } = answer;
          const buyer = billedTo(billTos.get(accountId)!, terms);
          facts.set(accountId, { usage, arrivals: arrivals.get(accountId) ?? [], ...buyer, profile, services, more });
        }
      }
      return facts;
    });
  }

  private async demandsOf(
    tenantId: TenantId,
    order: Gathering,
    catalog: Catalog,
    arrivals: readonly Arrival[],
  ): Promise<Demanded | ({ readonly accountId: AccountId } & Failed)> {
    const { accountId } = order;
    try {
      await othersFirst();
      return await this.accounts.view(accountStream(tenantId, accountId), (account) => {
        // What is closed is not billed, but what it was billed is still to be earned.
        const profile = 'due' in order ? knownProfile(account) : openProfile(account);
        const due =
          'due' in order
            ? order.due(account, { catalog, arrivals })
            : dueWithin(account, { catalog, billThrough: order.billThrough, arrivals }, LINES_PER_INVOICE_MAX);
        const demands = withCuts(usageDemands(due.services, account, catalog), due.services, account);
        return {
          accountId,
          personal: profile.personal,
          profile,
          demands,
          services: due.services.length,
          more: due.more,
        };
      });
    } catch (error) {
      return { accountId, ...failed(error) };
    }
  }
}

/** What is wrong with one account keeps none of the others from being billed. */
const failed = (error: unknown): Failed => {
  if (!(error instanceof DomainError)) throw error;
  return { failure: failureOf(error) };
};

/** By account and key, as quantities: by SQL where that can aggregate, by the domain from readings where it cannot. */
export const measureAll = async (
  snapshot: UsageSnapshot,
  demanded: readonly Pick<Demanded, 'accountId' | 'demands'>[],
): Promise<ReadonlyMap<AccountId, ReadonlyMap<string, Measured> | Failed>> => {
  const all = demanded.flatMap(({ accountId, demands }) => demands.map((demand) => ({ accountId, demand })));
  const byReading = all.filter(({ demand }) => needsReadings(demand));
  const [raw, readings] = await Promise.all([
    snapshot.measure(all.filter(({ demand }) => !needsReadings(demand))),
    byReading.length === 0 ? new Map<AccountId, never>() : snapshot.readings(byReading),
  ]);
  return new Map(
    demanded.map(({ accountId, demands }) => [
      accountId,
      quantities(demands, (demand) =>
        needsReadings(demand)
          ? measure(demand, readings.get(accountId)?.get(demand.key) ?? [])
          : measuredFrom(demand, raw.get(accountId)!.get(demand.key)!),
      ),
    ]),
  );
};

/** Of one account. A sum may grow beyond what a quantity can hold. */
const quantities = (
  demands: readonly UsageDemand[],
  measured: (demand: UsageDemand) => Measured,
): ReadonlyMap<string, Measured> | Failed => {
  try {
    return new Map(demands.map((demand) => [demand.key, measured(demand)]));
  } catch (error) {
    return failed(error);
  }
};

/** What was aggregated elsewhere, as the domain would have measured it. */
export const measuredFrom = (demand: UsageDemand, { count, digest, aggregate, groups }: RawMeasurement): Measured => {
  const quantity = (raw: string) => quantityOf(demand, Decimal.parse(raw)).toString();
  const negative = demand.meter.allowNegative === true ? { mayBeNegative: true } : {};
  if (groups === undefined) return { count, digest, quantity: quantity(aggregate), ...negative };
  const measured = groups
    .map((one) => ({ group: groupNamed(demand.groupBy ?? [], one.values), quantity: quantity(one.aggregate) }))
    .sort(byGroup);
  return { count, digest, quantity: groupTotal(measured).toString(), groups: measured, ...negative };
};
