import type { AccountId, Instant } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import type { Command } from '@nestjs/cqrs';
import type { AnnouncedKind } from '../timer.js';

/** A timer whose moment has come. */
export interface FiredTimer {
  readonly envelope: Envelope;
  readonly accountId: AccountId;
  /** Which thing it is of: the rest of its key. */
  readonly subject: string;
  readonly dueAt: Instant;
}

type Announcement = (timer: FiredTimer) => Command<Executed<unknown>>;

/** The command that each kind of timer of a slice stands for. */
export type Timers = { readonly [Kind in AnnouncedKind]?: Announcement };

export type AllTimers = { readonly [Kind in AnnouncedKind]: Announcement };
