import { RATER_VERSION } from '#rating';
import { compareInstants, isBefore, later, merged, type Instant, type SubscriptionId } from '#kernel';
import type { Account, BilledService } from '../account/account.state.js';
import { catalogOf } from '../catalog/catalog.decider.js';
import { dueAt } from '../subscription/charge-periods.js';
import type { Subscription } from '../subscription/subscription.js';
import { openDraft } from './invoice.js';
import { isBilledTo } from './installments.js';
import { TimelineServices } from './timeline-services.js';
import type { TimelineService } from './timeline-service.js';
import type { DueFacts, DueService } from './due-service.js';
import { dueAgain } from './late-usage.js';

/** So many lines of subscriptions go on one invoice. What else is due goes on the next. */
export const LINES_PER_INVOICE_MAX = 1_000;

/** What is due, as far as it was looked for. */
export interface Due {
  readonly services: readonly DueService[];
  /** Whether there is more than that. */
  readonly more: boolean;
}

/**
 * What falls due for the first time up to an instant, and what was billed before and is not right any more. Of so many at most: the
 * earliest of what is due for the first time, and then what is due again. Nothing beyond them is looked for.
 */
export const dueWithin = (account: Account, given: DueFacts, most: number): Due => {
  const { facts, timelines } = lookingInto(account, given);
  const due = firstOf(account, timelines, facts, most);
  if (due.size > most) return { services: [...due.values()].slice(0, most), more: true };
  const services = [...due.values()];
  for (const again of againOf(account, timelines, facts, ({ key }) => !due.has(key))) {
    if (services.length === most) return { services, more: true };
    services.push(again);
  }
  return { services, more: false };
};

/** What was billed before and is not right any more, of subscriptions that are asked for when it is their turn. */
export function* dueAgainOf(
  account: Account,
  given: DueFacts,
  isAsked: (subscription: Subscription) => boolean,
): Generator<DueAgain> {
  const { facts, timelines } = lookingInto(account, given);
  const asked = ({ subscriptionId }: BilledService) => isAsked(account.subscriptions.get(subscriptionId)!);
  yield* againOf(account, timelines, facts, asked);
}

type DueAgain = DueService & { readonly billed: BilledService };
type Timelines = ReadonlyMap<SubscriptionId, TimelineServices>;

const lookingInto = (
  account: Account,
  given: DueFacts,
): { readonly facts: DueFacts; readonly timelines: Timelines } => {
  const catalog = catalogOf(account, given.catalog);
  const facts = { ...given, catalog, billThrough: billedThrough(account, given.billThrough) };
  const subscriptions = [...account.subscriptions].filter(
    ([id]) => facts.onlyFees === undefined || id === facts.onlyFees,
  );
  const timelines = new Map(
    subscriptions.map(([id, subscription]) => [id, new TimelineServices(subscription, facts.catalog)]),
  );
  return { facts, timelines };
};

function* againOf(
  account: Account,
  timelines: Timelines,
  facts: DueFacts,
  isWanted: (billed: BilledService) => boolean,
): Generator<DueAgain> {
  for (const billed of account.billed.values()) {
    const timeline = timelines.get(billed.subscriptionId);
    if (!timeline || !isWanted(billed)) continue;
    const again = dueAgain(billed, timeline, account, facts);
    if (again) yield { ...again, billed };
  }
}

/** By key, what is due for the first time: all of it, or one more than asked for, the earliest first. */
const firstOf = (
  account: Account,
  timelines: Timelines,
  facts: DueFacts,
  most: number,
): ReadonlyMap<string, DueService> => {
  const byCharge = () =>
    [...timelines].flatMap(([id, timeline]) => [...newlyDue(account.subscriptions.get(id)!, timeline, account, facts)]);
  const all = collected(byCharge(), most);
  return all.size <= most ? all : collected([merged(byCharge(), byDueMoment)], most);
};

/** Of a window, the last installment takes in those before it. */
const collected = (due: readonly Iterable<DueService>[], most: number): Map<string, DueService> => {
  const found = new Map<string, DueService>();
  for (const services of due) {
    for (const service of services) {
      found.set(service.key, service);
      if (found.size > most) return found;
    }
  }
  return found;
};

const byDueMoment = (left: DueService, right: DueService): number =>
  compareInstants(dueAt(left.charge, left.service), dueAt(right.charge, right.service));

/** A draft that is rated again keeps what it reaches, however early the billing looks. */
export const billedThrough = (account: Account, billThrough: Instant): Instant => {
  const draft = openDraft(account);
  return draft ? later(draft.billThrough, billThrough) : billThrough;
};

/** Per charge, in the order in which it falls due. */
function* newlyDue(
  subscription: Subscription,
  timeline: TimelineServices,
  { billed }: Account,
  facts: DueFacts,
): Generator<Iterable<DueService>> {
  for (const services of timeline.unbilled((served) => isBilledTo(served, billed.get(served.key)?.service.end)))
    yield dueOf(services, subscription, billed, facts);
}

function* dueOf(
  services: Iterable<TimelineService>,
  subscription: Subscription,
  billed: Account['billed'],
  { billThrough, onlyFees }: DueFacts,
): Generator<DueService> {
  for (const served of services) {
    if (onlyFees !== undefined && served.charge.kind === 'usage') return;
    if (isBefore(billThrough, dueAt(served.charge, served.service))) return;
    yield { subscription, raterVersion: RATER_VERSION, ...served, billed: billed.get(served.key) };
  }
}
