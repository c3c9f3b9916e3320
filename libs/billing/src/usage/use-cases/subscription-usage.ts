import { accountStream } from '#contracts';
import {
  derivedId,
  notFound,
  parseInstant,
  refuse,
  refuseAt,
  sum,
  type AccountId,
  type Instant,
  type Money,
  type SubscriptionId,
  type TenantId,
} from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../account/account.state.js';
import type { Catalog } from '../../catalog/catalog.decider.js';
import { keyOf } from '../../invoice/billed-service.js';
import { linesOf } from '../../invoice/lines.js';
import {
  billedOf,
  comparePlaces,
  demandOf,
  isStillBilled,
  keyOfStretch,
  placeOf,
  ratedTogether,
  usageStretches,
  type UsagePlace,
  type UsageScope,
  type UsageStretch,
} from '../../invoice/subscription-usage.js';
import { StaleFacts } from '../../invoice/stale-facts.js';
import type { Measured, UsageDemand } from '../measurement.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { measureAll } from '../../invoice/use-cases/billing-facts.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';
import { UsageReadings } from '../ports/usage-readings.js';

const WINDOWS_MAX = 5_000;
const ATTEMPTS_MAX = 5;

export interface SubscriptionUsageRequest extends UsageScope {
  readonly limit: number;
  /** Opaque cursors of an earlier answer. */
  readonly after?: string;
  readonly before?: string;
}

/** What one usage charge counted in a period, or a window of one, and what of it is and will be billed. */
export interface ChargeUsage {
  readonly charge: string;
  readonly meter: string;
  readonly plan: string;
  readonly planVersion: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly quantity: string;
  /** Readings that were counted. */
  readonly count: number;
  /** Of periods alone, and where something is billed. */
  readonly billed: { readonly quantity: string; readonly amount: Money } | null;
  /** What more would be billed by what is known now; of periods alone. */
  readonly upcoming: Money | null;
}

export interface ChargeUsagePage {
  readonly rows: readonly ChargeUsage[];
  readonly next: string | null;
  readonly previous: string | null;
}

interface Asked {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly subscriptionId: SubscriptionId;
  readonly catalog: Catalog;
  readonly now: Instant;
  readonly request: SubscriptionUsageRequest;
}

type ByKey = ReadonlyMap<string, Measured>;

/** The usage of a subscription over all its usage charges: measured, attributed and rated as billing does. Writes nothing. */
@Injectable()
export class SubscriptionUsage {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly directory: AccountDirectory,
    private readonly usage: UsageReadings,
    private readonly time: AccountTime,
  ) {}

  /** @throws DomainError `subscription_not_found` | `invalid_cursor` | `too_many_points` */
  async page(
    tenantId: TenantId,
    subscriptionId: SubscriptionId,
    request: SubscriptionUsageRequest,
  ): Promise<ChargeUsagePage> {
    const accountId = await this.directory.ownerOf(tenantId, subscriptionId);
    const [catalog, now] = await Promise.all([this.catalogs.ofTenant(tenantId), this.time.now(tenantId, accountId)]);
    const asked = { tenantId, accountId, subscriptionId, catalog, now, request };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(asked);
      } catch (error) {
        if (!(error instanceof StaleFacts) || attempt === ATTEMPTS_MAX) throw error;
      }
    }
  }

  /** Measured between two looks at the account, which may have changed: then what was measured does not fit. */
  private async attempt(asked: Asked): Promise<ChargeUsagePage> {
    const { tenantId, accountId, catalog, request } = asked;
    const stream = accountStream(tenantId, accountId);
    const isWindow = request.window !== undefined;
    const demands = await this.accounts.view(stream, (account) =>
      lookedAt(account, asked).measured.map((stretch) => demandOf(stretch, account, catalog, isWindow)),
    );
    const byKey = await this.measured(tenantId, accountId, demands);
    return this.accounts.view(stream, (account) => told(account, asked, byKey));
  }

  private async measured(tenantId: TenantId, accountId: AccountId, demands: readonly UsageDemand[]): Promise<ByKey> {
    const all = await this.usage.inSnapshot(tenantId, (snapshot) => measureAll(snapshot, [{ accountId, demands }]));
    const own = all.get(accountId)!;
    if ('failure' in own) return refuse(own.failure.code, own.failure.detail, own.failure.kind);
    return own;
  }
}

/** The stretches of a page, and with them those that have to be measured. */
const lookedAt = (account: Account, { subscriptionId, catalog, now, request }: Asked) => {
  const { limit, after, before, ...scope } = request;
  const subscription = account.subscriptions.get(subscriptionId) ?? notFound('subscription', subscriptionId);
  const all =
    usageStretches({ subscription, account, catalog, now }, scope, WINDOWS_MAX) ??
    refuseAt(
      scope.window === undefined ? '/from' : '/window',
      'too_many_points',
      `At most ${WINDOWS_MAX} periods or windows are listed: ask for less time, or for one charge.`,
      'invalid',
    );
  const page = pageIn(all, {
    limit,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  });
  return { page, measured: scope.window === undefined ? ratedTogether(all, page.rows) : page.rows };
};

const told = (account: Account, asked: Asked, byKey: ByKey): ChargeUsagePage => {
  const { page, measured } = lookedAt(account, asked);
  const isWindow = asked.request.window !== undefined;
  const amounts = isWindow ? undefined : upcomingAmounts(account, asked, measured, byKey);
  const rows = page.rows.map((stretch) => {
    const { start, end, due } = stretch;
    const { quantity, count } = byKey.get(keyOfStretch(stretch, isWindow)) ?? changed();
    return {
      charge: due.charge.key,
      meter: due.charge.meter!,
      plan: due.plan.key,
      planVersion: due.plan.version,
      start,
      end,
      quantity,
      count,
      billed: isWindow ? null : billedOf(due),
      upcoming: amounts && isStillBilled(due, account) ? sum(amounts.get(due.key) ?? [], due.plan.currency) : null,
    };
  });
  return { ...page, rows };
};

const changed = (): never => {
  throw new StaleFacts('The account changed while its usage was measured.');
};

/** What billing would write lines of, by the key of the service. */
const upcomingAmounts = (
  account: Account,
  { accountId }: Asked,
  measured: readonly UsageStretch[],
  byKey: ByKey,
): ReadonlyMap<string, readonly Money[]> => {
  const due = measured.map((stretch) => stretch.due).filter((service) => isStillBilled(service, account));
  const lines = linesOf(due, { cut: -1, byKey }, derivedId('inv', accountId, 'usage'), account);
  const amounts = new Map<string, Money[]>();
  for (const line of lines) amounts.set(keyOf(line), [...(amounts.get(keyOf(line)) ?? []), line.amount]);
  return amounts;
};

const pageIn = (
  all: readonly UsageStretch[],
  { limit, after, before }: Pick<SubscriptionUsageRequest, 'limit' | 'after' | 'before'>,
): { readonly rows: readonly UsageStretch[]; readonly next: string | null; readonly previous: string | null } => {
  const backwards = after === undefined && before !== undefined;
  const end = backwards
    ? countUpTo(all, before, 'before')
    : Math.min(countUpTo(all, after, 'after') + limit, all.length);
  const start = backwards ? Math.max(end - limit, 0) : countUpTo(all, after, 'after');
  const rows = all.slice(start, end);
  return {
    rows,
    next: rows.length > 0 && end < all.length ? cursorOf(rows.at(-1)!) : null,
    previous: rows.length > 0 && start > 0 ? cursorOf(rows[0]!) : null,
  };
};

/** How many stand before a cursor; with `after`, its own place among them. */
const countUpTo = (all: readonly UsageStretch[], cursor: string | undefined, parameter: 'after' | 'before'): number => {
  if (cursor === undefined) return 0;
  const place = placeIn(cursor, parameter);
  const own = parameter === 'after' ? 1 : 0;
  return all.filter((one) => comparePlaces(placeOf(one), place) < own).length;
};

const cursorOf = (stretch: UsageStretch): string => {
  const { start, charge } = placeOf(stretch);
  return Buffer.from(JSON.stringify([start, charge])).toString('base64url');
};

const placeIn = (cursor: string, parameter: string): UsagePlace => {
  try {
    const [start, charge] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof start === 'string' && typeof charge === 'string') return { start: parseInstant(start), charge };
  } catch {
    // Falls through to the refusal.
  }
  return refuseAt(`/${parameter}`, 'invalid_cursor', 'This is not a cursor that a list gave out.', 'invalid');
};
