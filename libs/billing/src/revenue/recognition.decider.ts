import type { Month } from './revenue-schedule.js';
import type { Fact, RevenueFact } from '#contracts';
import { money, plusDays, type LocalDate } from '#kernel';
import type { Account } from '../account/account.state.js';
import { knownProfile } from '../account/profile.decider.js';
import type { Slice } from '../account/slice.js';
import { transfersPosted } from '../payment/transfers.js';
import { booked, firstDayAfter, type AccountRevenue } from './account-revenue.js';
import type { RevenueCommand } from './revenue.commands.js';
import {
  accruedPostings,
  countedBeforePostings,
  invoicedLaterPostings,
  releasedPostings,
  type LaterDay,
} from './revenue.posting-rules.js';
import { accruedServices } from './unbilled-services.js';

type RecognizeRevenue = Extract<RevenueCommand, { type: 'RecognizeRevenue' }>;

export const lastDayOf = (month: Month): LocalDate => plusDays(firstDayAfter(month), -1);

/**
 * Books a month, once: releases what was put off until then, counts in it what documents of later days say of it, and accrues what no document bills
 * yet. All of it is a difference to what is booked; what comes to be known later counts in a later month.
 */
const recognize = (command: RecognizeRevenue, account: Account): readonly (RevenueFact | Fact<'TransferPosted'>)[] => {
  const { currency } = knownProfile(account);
  const { revenue } = account;
  const { recognitionId, month, today } = command;
  const bookedOn = lastDayOf(month);
  if (today <= bookedOn || (revenue.bookedThrough !== null && month <= revenue.bookedThrough)) return [];
  const told = toldUntil(revenue, month);
  const days = laterDays(revenue, month, bookedOn);
  const later = [...days.values()];
  const putOffLater = later.reduce((sum, { deferred }) => sum + deferred, 0n);
  const released = money(told.deferred - putOffLater, currency);
  const services = accruedServices(command, account);
  const accrued = money(total(services.values()) - total(revenue.accrued.values()), currency);
  const cause = { type: 'recognition', id: recognitionId } as const;
  const monthEnd = { cause, bookedOn };
  return [
    {
      type: 'RevenueRecognized',
      data: {
        recognitionId,
        month,
        recognized: money(told.deferred + told.earned + accrued.minor, currency),
        released,
        invoicedLater: money(
          later.reduce((sum, { deferred, earned }) => sum + deferred + earned, 0n),
          currency,
        ),
        accrued,
        services: [...services].map(([service, minor]) => ({ service, amount: money(minor, currency) })),
        bookedOn,
      },
    },
    ...transfersPosted(releasedPostings(released), { ...monthEnd, rule: 'revenue_released' }),
    ...transfersPosted(accruedPostings(accrued), { ...monthEnd, rule: 'revenue_accrued' }),
    ...transfersPosted(
      later.flatMap((day) => invoicedLaterPostings(day, currency)),
      { ...monthEnd, rule: 'revenue_invoiced_later' },
    ),
    ...[...days].flatMap(([day, sums]) =>
      transfersPosted(countedBeforePostings(sums, currency), {
        cause,
        bookedOn: day,
        rule: 'revenue_counted_before',
        turn: day,
      }),
    ),
  ];
};

const toldUntil = ({ months }: AccountRevenue, month: Month): LaterDay => {
  const sums = { deferred: 0n, earned: 0n };
  for (const [one, { deferred, earned }] of months) {
    if (one > month) continue;
    sums.deferred += deferred;
    sums.earned += earned;
  }
  return sums;
};

/** By day, what documents behind the end of the month say of it. */
const laterDays = ({ later }: AccountRevenue, month: Month, lastDay: LocalDate): ReadonlyMap<LocalDate, LaterDay> => {
  const days = new Map<LocalDate, { deferred: bigint; earned: bigint }>();
  for (const one of later) {
    if (one.month > month || one.day <= lastDay) continue;
    const sums = days.get(one.day) ?? { deferred: 0n, earned: 0n };
    sums[one.deferred ? 'deferred' : 'earned'] += one.minor;
    days.set(one.day, sums);
  }
  return days;
};

const total = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((sum, minor) => sum + minor, 0n);

export const recognitionSlice: Slice<RevenueCommand, RevenueFact> = {
  decide: { RecognizeRevenue: recognize },
  evolve: { RevenueRecognized: ({ revenue }, data) => booked(revenue, data) },
};
