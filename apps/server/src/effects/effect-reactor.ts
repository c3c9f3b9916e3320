import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEvent, type FactType, type Stored } from '#contracts';
import { allEnded, DomainError, type EventLog } from '#kernel';
import type { Logger } from 'pino';
import { batchesUntilMoved } from '../operational-state/until-moved.js';
import type { Metrics } from '../telemetry/metrics.js';
import { reportUnlessOutage, type Looking } from '../worker/looking.js';
import { EffectDeferred } from './effect-deferred.js';
import { isOneOf, type EffectRows, type Effect } from './effect-rows.js';
import { PauseWarning } from './pause-warning.js';

const BATCH_EVENTS = 500;
const AT_A_TIME = 16;
const LOOK_MILLISECONDS = 1_000;
/** One that takes longer is given up for this time; well below what `EffectRows` lets it be held. */
const ACT_MILLISECONDS = 3 * 60_000;
/** What is being done when the process stops may still come to its end: nobody would know what became of it. */
const GRACE_MILLISECONDS = 5_000;
/** In almost three days. */
const ATTEMPTS_MAX = 20;

/** What is done on the outside, and how the log is told what became of it. */
export interface EffectKind<Outcome extends object> {
  readonly name: string;
  /** The facts that ask for it. */
  readonly types: readonly FactType[];
  /** Whether one of them really does, where that shows in it: the others are passed by. All do unless this is said. */
  readonly asks?: (fact: Stored) => boolean;
  /**
   * Does it under the id of the event that asks, and says what became of it; undefined where the log shows that nothing is left to do. What it throws lets it be tried
   * again, and `EffectDeferred` says why. It ends when the signal aborts.
   */
  readonly act: (asked: Stored, signal: AbortSignal) => Promise<Outcome | undefined>;
  /** Tells the log. Told again, nothing changes. */
  readonly tell: (asked: Stored, outcome: Outcome) => Promise<void>;
  /** What is told where it was tried for days: why it was not done the last time (`EffectDeferred`). Null where that was interrupted, and nobody knows whether it was done. */
  readonly givenUp: (failure: string | null) => Outcome;
}

/**
 * Does what facts ask for on the outside. What is asked for is taken in with the place behind it in one transaction; each is then done by itself, and tried again for
 * days. What became of it is put down before the log is told, so that where the log cannot be told, only that is repeated. Done twice, under the same id, is what a
 * process was lost at between doing it and putting that down.
 */
export class EffectReactor<Outcome extends object> {
  private readonly doing = new Set<Promise<void>>();
  /** Rows of a log that is not this one are left alone. */
  private isPlaceKnown = false;
  private readonly warning: PauseWarning;

  constructor(
    private readonly kind: EffectKind<Outcome>,
    private readonly log: EventLog,
    private readonly rows: EffectRows,
    private readonly looking: Looking,
    private readonly metrics: Metrics,
  ) {
    this.warning = new PauseWarning(kind.name);
  }

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const options = { signal, logger, milliseconds: LOOK_MILLISECONDS };
    const failure = `Effects are not looked for at the moment (${this.kind.name}); it is tried again.`;
    const ending = new AbortController();
    const cutOff = (): unknown => setTimeout(() => ending.abort(), GRACE_MILLISECONDS).unref();
    signal.addEventListener('abort', cutOff, { once: true });
    try {
      await allEnded([
        this.looking.again(() => this.follow(signal, logger), { ...options, failure }),
        this.looking.again(() => this.beginDue(ending.signal, logger), {
          ...options,
          sooner: () => this.doing,
          failure,
        }),
      ]);
    } finally {
      await Promise.all(this.doing);
      signal.removeEventListener('abort', cutOff);
    }
  }

  /** Until it is moved or paused. */
  private async follow(signal: AbortSignal, logger: Logger): Promise<void> {
    const { name, types, asks } = this.kind;
    const begun = await this.rows.begin(name, types);
    this.isPlaceKnown = begun.paused === null;
    if (this.warning.of(begun.paused, logger)) return;
    let { position } = begun;
    const batches = batchesUntilMoved(this.log, {
      after: position,
      filter: { typePrefixes: types },
      batchSize: BATCH_EVENTS,
      signal,
      isAtLeastAt: (place) => this.rows.isAtLeastAt(name, place),
    });
    for await (const batch of batches) {
      const wanted = batch.events.filter(
        (event) => isOneOf(types, event.type) && (asks === undefined || asks(decodeEvent(event))),
      );
      if (!(await this.rows.take(name, position, wanted, batch.position))) return;
      ({ position } = batch);
    }
  }

  /** As many as there is room for: one that hangs takes one place. */
  private async beginDue(ending: AbortSignal, logger: Logger): Promise<void> {
    if (!this.isPlaceKnown || this.doing.size >= AT_A_TIME) return;
    for (const effect of await this.rows.claim(this.kind.name, AT_A_TIME - this.doing.size)) {
      const done = this.doOne(effect, ending, logger)
        .catch((error: unknown) => reportUnlessOutage(error, logger, 'An effect was interrupted; it is tried again.'))
        .finally(() => this.doing.delete(done));
      this.doing.add(done);
    }
  }

  private async doOne(effect: Effect, ending: AbortSignal, logger: Logger): Promise<void> {
    const { name } = this.kind;
    try {
      const asked = await this.asked(effect);
      const outcome = asked && ((effect.outcome as Outcome | null) ?? (await this.outcomeOf(effect, asked, ending)));
      if (asked !== undefined && outcome !== undefined) await this.tell(effect, asked, outcome, ending);
    } catch (error) {
      const failure = shownOf(error);
      this.metrics.effects.inc({ reactor: name, outcome: 'failed' });
      const unforeseen = error instanceof EffectDeferred ? {} : { err: error };
      logger.warn(
        { reactor: name, event: effect.eventId, failure, ...unforeseen },
        'An effect failed; it is tried again.',
      );
      return this.rows.failed(name, effect, failure);
    }
    await this.rows.over(name, effect);
  }

  private async outcomeOf(effect: Effect, asked: Stored, ending: AbortSignal): Promise<Outcome | undefined> {
    const { name, act, givenUp } = this.kind;
    const count = (outcome: string): void => this.metrics.effects.inc({ reactor: name, outcome });
    const giveUp = (failure: string | null): Outcome => {
      count('given_up');
      return givenUp(failure);
    };
    if (effect.attempts > ATTEMPTS_MAX) return giveUp(null);
    try {
      const outcome = await act(asked, AbortSignal.any([ending, AbortSignal.timeout(ACT_MILLISECONDS)]));
      count('done');
      return outcome;
    } catch (error) {
      if (effect.attempts < ATTEMPTS_MAX || ending.aborted) throw error;
      return giveUp(error instanceof EffectDeferred ? error.message : null);
    }
  }

  /** Until either knows what became of it: else it would be done again. */
  private async tell(effect: Effect, asked: Stored, outcome: Outcome, ending: AbortSignal): Promise<void> {
    for (;;) {
      const kept = await this.rows.keep(this.kind.name, effect, outcome).catch(() => undefined);
      try {
        return await this.kind.tell(asked, kept ?? outcome);
      } catch (error) {
        if (kept !== undefined || ending.aborted) throw error;
        await sleep(LOOK_MILLISECONDS, undefined, { signal: ending }).catch(() => undefined);
      }
    }
  }

  /** Undefined where the log does not have it: it is of another one. */
  private async asked({ eventId, stream, revision }: Effect): Promise<Stored | undefined> {
    for await (const logged of this.log.readStream(stream, { from: revision, limit: 1 }))
      return logged.id === eventId ? decodeEvent(logged) : undefined;
    return undefined;
  }
}

/** Of others, the message may say whom it is for. */
const shownOf = (error: unknown): string => {
  if (error instanceof EffectDeferred) return error.message;
  const reason = error instanceof DomainError ? error.code : error instanceof Error ? error.name : 'unknown';
  return `It was interrupted: ${reason}.`;
};
