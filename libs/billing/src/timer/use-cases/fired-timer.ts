import type { AnnouncedKinds, StreamCategory } from '#contracts';
import type { AccountId, Instant } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import type { Command } from '@nestjs/cqrs';

/** A timer whose moment has come, of a stream of this category. */
export interface FiredTimer<Category extends StreamCategory = StreamCategory> {
  readonly envelope: Envelope;
  /** The stream that set it. */
  readonly owner: string;
  /** Null where the stream is of no account. */
  readonly accountId: Category extends 'account' ? AccountId : null;
  /** Which thing it is of: the rest of its key. */
  readonly subject: string;
  readonly dueAt: Instant;
}

type Announcement<Category extends StreamCategory> = (timer: FiredTimer<Category>) => Command<Executed<unknown>>;

/** The command that each kind of timer of a slice stands for. */
export type Timers<Category extends keyof AnnouncedKinds = 'account'> = {
  readonly [Kind in AnnouncedKinds[Category]]?: Announcement<Category>;
};

export type AllTimers = { readonly [Category in keyof AnnouncedKinds]: Required<Timers<Category>> };

/** By category of the stream and kind, whatever each is given. */
export type DeclaredTimers = Readonly<
  Record<string, Readonly<Record<string, (timer: never) => Command<Executed<unknown>>>>>
>;
