import type { Charge } from '#contracts';
import {
  compareInstants,
  earlier,
  epochSeconds,
  isBefore,
  later,
  money,
  type Instant,
  type Money,
  type WindowUnit,
  windowsBetween,
  type TimeWindow,
} from '#kernel';
import { RATER_VERSION } from '#rating';
import { periodKey, type Account, type BilledService } from '../account/account.state.js';
import { catalogOf, type Catalog } from '../catalog/catalog.decider.js';
import { dueAt, serviceBetween } from '../subscription/charge-periods.js';
import { changesTouch, type Subscription } from '../subscription/subscription.js';
import type { UsageDemand } from '../usage/measurement.js';
import { unitsBilled } from './billed-service.js';
import { servedAgain } from './rated-service.js';
import type { DueService } from './due-service.js';
import { TimelineServices } from './timeline-services.js';
import { usageDemands } from './usage-demand.js';

/** What of a subscription's usage is asked for. */
export interface UsageScope {
  readonly from?: Instant;
  /** What begins later than now is never told. */
  readonly to?: Instant;
  readonly charge?: string;
  readonly meter?: string;
  /** Whole periods, as they are billed, where there is none. */
  readonly window?: WindowUnit;
}

/** A period of a usage charge, or a window of one. */
export interface UsageStretch {
  readonly start: Instant;
  readonly end: Instant;
  readonly due: DueService;
}

interface Known {
  readonly subscription: Subscription;
  readonly account: Account;
  readonly catalog: Catalog;
  readonly now: Instant;
}

/** In the order of time, and of charges; undefined where there are more periods or windows than are told. */
export const usageStretches = (known: Known, scope: UsageScope, windowsMax: number): UsageStretch[] | undefined => {
  const services = usageServices(known, scope, windowsMax);
  if (services === undefined) return undefined;
  const { window } = scope;
  if (window === undefined) return services.map(wholePeriod).sort(inOrderOfTime);
  const found: UsageStretch[] = [];
  for (const due of services) {
    const stretch = partAskedFor(due, { to: known.now, ...scope });
    // Seen before they are made: a service may last for decades.
    if (windowsAtLeast(stretch, window) > windowsMax) return undefined;
    found.push(...windowsBetween(stretch, window, due.subscription.zone).map((turn) => ({ ...turn, due })));
    if (found.length > windowsMax) return undefined;
  }
  return found.sort(inOrderOfTime);
};

const LONGEST_SECONDS: Readonly<Record<WindowUnit, number>> = {
  minute: 60,
  hour: 3_600,
  day: 25 * 3_600,
  week: (7 * 24 + 1) * 3_600,
  month: (31 * 24 + 1) * 3_600,
};

const windowsAtLeast = ({ start, end }: TimeWindow, unit: WindowUnit): number =>
  Number(epochSeconds(end) - epochSeconds(start)) / LONGEST_SECONDS[unit];

const partAskedFor = (
  { service: { start, end } }: DueService,
  { from, to }: UsageScope & { readonly to: Instant },
): TimeWindow => ({ start: from === undefined ? start : later(start, from), end: earlier(end, to) });

/** Where a stretch stands among the others. */
export const placeOf = ({ start, due }: UsageStretch): UsagePlace => ({ start, charge: due.charge.key });

export interface UsagePlace {
  readonly start: Instant;
  readonly charge: string;
}

export const comparePlaces = (left: UsagePlace, right: UsagePlace): number =>
  compareInstants(left.start, right.start) || (left.charge < right.charge ? -1 : left.charge > right.charge ? 1 : 0);

const inOrderOfTime = (left: UsageStretch, right: UsageStretch): number => comparePlaces(placeOf(left), placeOf(right));

/** Services of usage charges that touch what is asked for: as the timeline has them, and what is billed that it has no more. */
const usageServices = (
  { subscription, account, now, ...known }: Known,
  scope: UsageScope,
  most: number,
): DueService[] | undefined => {
  const catalog = catalogOf(account, known.catalog);
  const timeline = new TimelineServices(subscription, catalog);
  const found = new Map<string, DueService>();
  const begunBy = scope.to === undefined ? now : earlier(scope.to, now);
  const charges = timeline.keysWhere((charge) => isChargeAskedFor(charge, scope));
  for (const served of timeline.begunBy(begunBy, charges, scope.from)) {
    const before = found.get(served.key);
    if (!before && found.size > most) return undefined;
    // A window that is billed in installments is told as far as the one that it is in by now.
    if (before && isBefore(now, before.service.end)) continue;
    const billed = account.billed.get(served.key);
    const further = billed && isBefore(billed.service.end, served.service.end);
    const raterVersion = billed?.raterVersion ?? served.raterVersion ?? RATER_VERSION;
    const mayDiffer =
      billed && (changesTouch(subscription, billed.period) || served.charge.allowanceInterval !== undefined);
    const asBilled = mayDiffer && !further ? timeline.now(billed) : undefined;
    found.set(served.key, { subscription, ...(asBilled ?? served), raterVersion, billed });
  }
  for (const billed of account.billed.values()) {
    if (billed.subscriptionId !== subscription.id || billed.lines.length === 0 || found.has(billed.key)) continue;
    if (!isWithin(billed.service, scope)) continue;
    const again = servedAgain(billed, timeline.now(billed), subscription, catalog);
    if (again) found.set(billed.key, again);
  }
  const asked = [...found.values()].filter(
    (due) => isChargeAskedFor(due.charge, scope) && isWithin(wholePeriod(due), scope),
  );
  return asked.length > most ? undefined : asked;
};

const isChargeAskedFor = ({ kind, key, meter: own }: Charge, { charge, meter }: UsageScope): boolean =>
  kind === 'usage' && (charge === undefined || key === charge) && (meter === undefined || own === meter);

const isWithin = ({ start, end }: TimeWindow, { from, to }: UsageScope): boolean =>
  (to === undefined || isBefore(start, to)) && (from === undefined || isBefore(from, end));

/** What is served no more stands where it was billed. */
const wholePeriod = (due: DueService): UsageStretch => {
  const { service, billed } = due;
  const { start, end } = service.start === service.end && billed ? billed.service : service;
  return { start, end, due };
};

/** Those that are rounded with the given ones, themselves among them: in their order, what each comes to follows. */
export const ratedTogether = (all: readonly UsageStretch[], some: readonly UsageStretch[]): UsageStretch[] => {
  const names = new Set(some.map(({ due }) => nameOfPeriod(due)));
  return all.filter(({ due }) => names.has(nameOfPeriod(due)));
};

const nameOfPeriod = ({ subscription, charge, period, allowanceFrom }: DueService): string =>
  periodKey({ subscriptionId: subscription.id, charge: charge.key, period, allowanceFrom });

/** What is measured of a stretch: of a period what billing measures, of a window its part of that. */
export const demandOf = (
  { start, end, due }: UsageStretch,
  account: Account,
  catalog: Catalog,
  isWindow: boolean,
): UsageDemand => {
  if (!isWindow) return usageDemands([due], account, catalog)[0]!;
  const service = serviceBetween(start, end, due.subscription.zone);
  const [demand] = usageDemands([{ ...due, key: windowKey(due, start), service }], account, catalog);
  const { prorated: _, levels: __, values: ___, groupBy: ____, ...measured } = demand!;
  return measured;
};

export const keyOfStretch = ({ start, due }: UsageStretch, isWindow: boolean): string =>
  isWindow ? windowKey(due, start) : due.key;

const windowKey = ({ key }: DueService, start: Instant): string => `${key}|${start}`;

/** What stands on live invoices for it, drafts among them; null where nothing does. */
export const billedOf = ({
  billed,
  plan,
}: DueService): { readonly quantity: string; readonly amount: Money } | null => {
  const lines = liveLines(billed);
  if (lines.length === 0) return null;
  const minor = lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return { quantity: unitsBilled({ lines }).toString(), amount: money(minor, plan.currency) };
};

const liveLines = (billed: BilledService | undefined): BilledService['lines'] =>
  billed?.lines.filter(({ waived }) => waived !== true) ?? [];

/** Whether more of it will be billed, once it is due: not what another system has billed, nor what an end leaves out. */
export const isStillBilled = (due: DueService, { closed }: Pick<Account, 'closed'>): boolean => {
  const { billedThrough, cancellation } = due.subscription;
  if (closed) return false;
  if (due.billed === undefined && billedThrough !== null && !isBefore(billedThrough, due.service.end)) return false;
  if (cancellation?.finalBill !== false) return true;
  return due.billed === undefined && isBefore(dueAt(due.charge, due.service), cancellation.endsAt);
};
