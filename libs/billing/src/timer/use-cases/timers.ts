import { accountOf, categoryOf } from '#contracts';
import { DomainError } from '#kernel';
import type { Executed } from '#write-path';
import type { Command } from '@nestjs/cqrs';
import { timerIn } from '../timer.js';
import type { AllTimers, DeclaredTimers, FiredTimer } from './fired-timer.js';
import { couponTimers } from '../../coupon/use-cases/coupon.handlers.js';
import { invoiceTimers } from '../../invoice/use-cases/announced-invoice.handlers.js';
import { taxIdTimers } from '../../party/use-cases/check-tax-ids.handler.js';
import { subscriptionTimers } from '../../subscription/use-cases/timeline-timers.handlers.js';
import { transferTimers } from '../../transfer/use-cases/transfer.handlers.js';
import { walletTimers } from '../../wallet/use-cases/wallet-timers.handlers.js';

const TIMERS: AllTimers = {
  account: { ...subscriptionTimers, ...invoiceTimers, ...transferTimers, ...walletTimers, ...taxIdTimers },
  coupon: couponTimers,
};

type Fired = Pick<FiredTimer, 'envelope' | 'owner' | 'dueAt'>;

/** Finds what a timer stands for, among what is declared for streams such as its owner. */
export const announcing =
  (declared: DeclaredTimers) =>
  (key: string, fired: Fired): Command<Executed<unknown>> => {
    const { kind, subject } = timerIn(key);
    const announcement = ownOf(ownOf(declared, categoryOf(fired.owner)), kind);
    if (!announcement) throw new DomainError('unknown_timer', `Nobody fires timers such as ${key} of ${fired.owner}.`);
    return announcement({ ...fired, accountId: accountOf(fired.owner), subject } as never);
  };

/** The command that a timer stands for. @throws DomainError `unknown_timer` */
export const announcementOf = announcing(TIMERS);

const ownOf = <Value>(values: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  values && Object.hasOwn(values, name) ? values[name] : undefined;
