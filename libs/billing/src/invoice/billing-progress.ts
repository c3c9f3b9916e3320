import type { InvoiceLine, Fact, BillingRest, Reopened } from '#contracts';
import { later, type Instant } from '#kernel';
import { ratesWholePeriods } from '#rating';
import type { Account, BilledService } from '../account/account.state.js';
import type { Subscription } from '../subscription/subscription.js';
import { noteTakenOff } from '../discount/discount-progress.js';
import { together } from './billed-periods.js';
import { keyOf, UNISSUED, withLine, type InvoicedAs } from './billed-service.js';
import { withBilledTime } from './billed-time.js';
import { invoiceOf, type Invoice } from './invoice.js';

/** A line that is issued, or found and not issued: its service is billed as far as it says. */
export const bill = (
  { billed, billedTogether, subscriptions }: Account,
  { id, rest }: Pick<Invoice, 'id' | 'rest'>,
  line: InvoiceLine,
  ratedAt: number,
  invoiced: InvoicedAs = {},
): void => {
  const key = keyOf(line);
  billed.set(key, withLine(billed.get(key), line, id, invoiced));
  if (rest) lookedAt(billed.get(key)!, rest, ratedAt);
  const subscription = subscriptions.get(line.subscriptionId)!;
  subscription.zone = withBilledTime(subscription.zone, line);
  noteTakenOff(subscription, line, id, 1n);
  together(billedTogether, line);
  if (!ratesWholePeriods(line.raterVersion)) billApart(subscription, line);
};

const billApart = ({ billedApart }: Subscription, { charge, period }: InvoiceLine): void => {
  const known = billedApart.get(charge);
  if (known === undefined || known < period.end) billedApart.set(charge, period.end);
};

/** What a billing found, whether it made an invoice or not. */
export const advance = (
  account: Account,
  { invoiceId, billedThrough, cuts, subscriptions, unissued = [], rest }: Fact<'BillingAdvanced'>['data'],
  revision: number,
): void => {
  const rated = invoiceId === undefined ? unissuedAt(account, billedThrough, revision) : invoiceOf(account, invoiceId);
  const { ratedAt } = rated;
  account.billedThrough = billedThrough;
  for (const line of unissued) bill(account, { id: UNISSUED, rest: rest ?? null }, line, ratedAt);
  if (rest) for (const key of rest.looked) lookedAt(account.billed.get(key)!, rest, ratedAt);
  else settle(account, rated);
  for (const cut of Object.values(cuts)) account.usageCut = Math.max(account.usageCut, cut);
  for (const { subscriptionId, through, schedule } of subscriptions) {
    const subscription = account.subscriptions.get(subscriptionId)!;
    for (const [charge, at] of Object.entries(through)) subscription.through.set(charge, at);
    scheduled(account, { subscriptionId, schedule });
  }
};

/** Of what goes on with the next invoice, this is done: nothing that was there by then brings it up again. */
const lookedAt = (billed: BilledService, { cut, through }: BillingRest, ratedAt: number): void => {
  billed.looked = { revision: ratedAt, cut, through };
  if (billed.reopenedAt !== null && billed.reopenedAt < ratedAt) billed.reopenedAt = null;
};

/** When a subscription is billed next. */
export const scheduled = (
  account: Account,
  { subscriptionId, schedule }: Fact<'LateBillingScheduled'>['data'],
): void => {
  const subscription = account.subscriptions.get(subscriptionId)!;
  subscription.schedule = schedule;
  subscription.generation = schedule.timer?.generation ?? subscription.generation;
};

/** It has something to bill again. */
export const scheduledAgain = (account: Account, { subscriptionId, nextBillAt, timer }: Reopened[number]): void => {
  const { schedule } = account.subscriptions.get(subscriptionId)!;
  scheduled(account, { subscriptionId, schedule: { nextBillAt, timer: timer ?? schedule.timer } });
};

/** When something was rated, and up to where: what falls due later, it did not look for. */
interface Rated {
  readonly ratedAt: number;
  readonly billThrough: Instant | null;
}

/** How far a billing without an invoice looked, its fact tells only where that was further than any before. */
const unissuedAt = (account: Account, billedThrough: Instant, revision: number): Rated => ({
  ratedAt: revision,
  billThrough: account.billedThrough === billedThrough ? null : billedThrough,
});

/** A billing looks at everything that had changed when it was rated; a draft may be finalized long after that. */
const settle = (account: Account, { ratedAt, billThrough }: Rated): void => {
  account.attributionChanges = account.attributionChanges.filter(({ revision }) => revision > ratedAt);
  for (const billed of account.billed.values()) {
    if (billed.reopenedAt !== null && billed.reopenedAt < ratedAt) billed.reopenedAt = null;
  }
  if (billThrough === null) return;
  for (const subscription of account.subscriptions.values()) {
    const { changedAt, unsettledFrom } = subscription;
    if (unsettledFrom !== null && changedAt < ratedAt) subscription.unsettledFrom = later(unsettledFrom, billThrough);
  }
};
