import { DomainError } from '#kernel';
import type { Executed } from '#write-path';
import type { Command } from '@nestjs/cqrs';
import { timerIn, type AnnouncedKind } from '../timer.js';
import type { AllTimers, FiredTimer } from './fired-timer.js';
import { invoiceTimers } from '../../invoice/use-cases/announced-invoice.handlers.js';
import { subscriptionTimers } from '../../subscription/use-cases/timeline-timers.handlers.js';
import { transferTimers } from '../../transfer/use-cases/transfer.handlers.js';

const TIMERS: AllTimers = { ...subscriptionTimers, ...invoiceTimers, ...transferTimers };

/** The command that a timer stands for. @throws DomainError `unknown_timer` */
export const announcementOf = (key: string, fired: Omit<FiredTimer, 'subject'>): Command<Executed<unknown>> => {
  const { kind, subject } = timerIn(key);
  if (!Object.hasOwn(TIMERS, kind)) throw new DomainError('unknown_timer', `Nobody fires timers such as ${key}.`);
  return TIMERS[kind as AnnouncedKind]({ ...fired, subject });
};
