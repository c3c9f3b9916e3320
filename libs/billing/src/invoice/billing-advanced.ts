import type { BillingSchedule, Fact, InvoiceLine } from '#contracts';
import { isBefore, later, type Instant, type InvoiceId, type SubscriptionId } from '#kernel';
import type { Account, BilledService } from '../account/account.state.js';
import { billingTimer, earliest, scheduleFrom } from '../subscription/schedule.js';
import type { Subscription } from '../subscription/subscription.js';
import { keyOf, remainderOf, UNISSUED, withLine, type NotLookedAt } from './billed-service.js';
import { isBilledTo, type Served } from './installments.js';
import type { InvoiceCommand, IssueTerms } from './invoice.commands.js';
import type { Invoice } from './invoice.js';

/** What was rated, and how far. Without an id, it came to no invoice. */
type Rated = Pick<Invoice, 'billThrough' | 'cuts' | 'rest'> & Partial<Pick<Invoice, 'id' | 'ratedAt'>>;

/** Who asked: a run goes on by itself, and a timer has its subscription. */
export type AskedBy = Partial<Pick<Extract<InvoiceCommand, { type: 'BillAccount' }>, 'runId' | 'timer'>>;

/** How far billing came: each charge through its last service, and when each subscription is due next. */
export const billingAdvanced = (
  { id, billThrough, cuts, rest, ratedAt = Infinity }: Rated,
  lines: readonly InvoiceLine[],
  { catalog, now, runId, timer, timeZoneRelease }: Pick<IssueTerms, 'catalog' | 'now' | 'timeZoneRelease'> & AskedBy,
  account: Account,
): Fact<'BillingAdvanced'> => {
  const goesOnWith = rest ? (timer?.subscriptionId ?? [...account.subscriptions.keys()][0]) : undefined;
  const billed = billedWith(lines, id ?? UNISSUED, account);
  // A draft that was rated a while ago leaves to the next billing what changed since; a fresh one, what changes later.
  const left: NotLookedAt =
    ratedAt === Infinity ? { reopenedSince: Infinity, changedAfter: billThrough } : { reopenedSince: ratedAt };
  const subscriptions = [...account.subscriptions.values()].flatMap((subscription) => {
    const through = throughAfter(subscription, lines);
    const { nextBillAt } = subscription.schedule;
    const goesOn = subscription.id === goesOnWith;
    if (!goesOn && through.size === 0 && (nextBillAt === null || isBefore(billThrough, nextBillAt))) return [];
    const advanced = { ...subscription, through: new Map([...subscription.through, ...through]) };
    const looksAgain = ratedAt !== Infinity || subscription.changeIds.size > 0;
    const services = looksAgain ? (billed.services().get(subscription.id) ?? []) : [];
    const remainder = remainderOf(services, advanced, catalog, left);
    const regular = scheduleFrom(advanced, catalog, now, billed.has, remainder);
    const schedule = goesOn ? goingOn(regular, subscription, { billThrough, now, runId }) : regular;
    return [{ subscriptionId: subscription.id, through: Object.fromEntries(through), schedule }];
  });
  const billedThrough = account.billedThrough === null ? billThrough : later(account.billedThrough, billThrough);
  return {
    type: 'BillingAdvanced',
    data: {
      ...(id === undefined ? {} : { invoiceId: id }),
      billedThrough,
      // Until all is looked at, what came since the last billing stays new.
      cuts: rest ? Object.fromEntries(Object.keys(cuts).map((stream) => [stream, account.usageCut])) : cuts,
      ...(id === undefined && lines.length > 0 ? { unissued: lines } : {}),
      ...(rest ? { rest } : {}),
      ...(timeZoneRelease === undefined ? {} : { timeZoneRelease }),
      subscriptions,
    },
  };
};

/** The rest is due as what was billed is: at once, unless a run sees to it. */
const goingOn = (
  { nextBillAt, timer }: BillingSchedule,
  subscription: Subscription,
  {
    billThrough,
    now,
    runId,
  }: Pick<Rated, 'billThrough'> & Pick<IssueTerms, 'now'> & { readonly runId: AskedBy['runId'] | undefined },
): BillingSchedule => ({
  nextBillAt: earliest(nextBillAt, billThrough),
  timer: runId === undefined ? billingTimer(subscription, now) : timer,
});

const throughAfter = ({ id, through }: Subscription, lines: readonly InvoiceLine[]): Map<string, Instant> => {
  const advanced = new Map<string, Instant>();
  for (const { subscriptionId, charge, service } of lines) {
    if (subscriptionId !== id) continue;
    const reached = advanced.get(charge) ?? through.get(charge);
    if (reached === undefined || isBefore(reached, service.end)) advanced.set(charge, service.end);
  }
  return advanced;
};

/** What is billed once a draft's lines are. By subscription, it is gathered when somebody asks. */
const billedWith = (lines: readonly InvoiceLine[], invoiceId: InvoiceId | undefined, { billed }: Account) => {
  const ends = new Map(lines.map((line) => [keyOf(line), line.service.end]));
  let bySubscription: ReadonlyMap<SubscriptionId, readonly BilledService[]> | undefined;
  return {
    has: (served: Served): boolean => isBilledTo(served, ends.get(served.key) ?? billed.get(served.key)?.service.end),
    services: () => (bySubscription ??= servicesWith(lines, invoiceId, billed)),
  };
};

const servicesWith = (
  lines: readonly InvoiceLine[],
  invoiceId: InvoiceId | undefined,
  billed: Account['billed'],
): ReadonlyMap<SubscriptionId, readonly BilledService[]> => {
  const after = new Map(billed);
  if (invoiceId !== undefined) {
    for (const line of lines) after.set(keyOf(line), withLine(after.get(keyOf(line)), line, invoiceId));
  }
  return Map.groupBy(after.values(), ({ subscriptionId }) => subscriptionId);
};
