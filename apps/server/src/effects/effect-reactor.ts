import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEvent, type FactType, type Stored } from '#contracts';
import { allEnded, type EventLog } from '#kernel';
import type { Logger } from 'pino';
import { type Looking } from '../worker/looking.js';
import { type EffectRows, type Effect } from './effect-rows.js';

const BATCH_EVENTS = 500;
const AT_A_TIME = 16;
const LOOK_MILLISECONDS = 1_000;
/** From a minute on, twice as long each time, to six hours. */
const RETRY_SECONDS = 60;
const RETRY_SECONDS_MAX = 6 * 60 * 60;
/** Some three and a half days. */
const ATTEMPTS_MAX = 20;

/** What is done on the outside, and how it is told that it cannot be. */
export interface EffectKind {
  readonly name: string;
  /** The fact that asks for it. */
  readonly type: FactType;
  /** Does it, or sees that it is done. What it throws lets it be tried again. */
  readonly act: (asked: Stored) => Promise<void>;
  /** It was tried for days. */
  readonly giveUp: (asked: Stored, failure: string) => Promise<void>;
}

/**
 * Does what facts ask for on the outside: at least once, and once more only where a process is lost between doing it and saying so. What is asked for is taken
 * in with the place behind it in one transaction; each is then done by itself, and tried again for days.
 */
export class EffectReactor {
  constructor(
    private readonly kind: EffectKind,
    private readonly log: EventLog,
    private readonly rows: EffectRows,
    private readonly looking: Looking,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const options = { signal, logger, milliseconds: LOOK_MILLISECONDS };
    const failure = `Effects are not looked for at the moment (${this.kind.name}); it is tried again.`;
    await allEnded([
      this.looking.again(() => this.follow(signal, logger), { ...options, failure }),
      this.looking.again(() => this.doDue(signal, logger), { ...options, failure }),
    ]);
  }

  /** Until it is moved or paused. */
  private async follow(signal: AbortSignal, logger: Logger): Promise<void> {
    const { name, type } = this.kind;
    const begun = await this.rows.begin(name);
    if (begun.paused !== null) {
      this.warnOnce(logger, begun.paused);
      return;
    }
    this.warned = false;
    let { position } = begun;
    const over = new AbortController();
    const watching = this.whenMoved(() => position, AbortSignal.any([signal, over.signal])).then(() => over.abort());
    try {
      const batches = this.log.subscribe({
        ...(position > 0n ? { after: position } : {}),
        filter: { typePrefixes: [type] },
        batchSize: BATCH_EVENTS,
        signal: AbortSignal.any([signal, over.signal]),
      });
      for await (const batch of batches) {
        const wanted = batch.events.filter((event) => event.type === type);
        if (!(await this.rows.take(name, position, wanted, batch.position))) return;
        ({ position } = batch);
      }
    } finally {
      over.abort();
      await watching;
    }
  }

  /** Where nothing is asked for, nothing would tell that somebody paused or moved it. */
  private async whenMoved(at: () => bigint, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      const before = at();
      // One that goes on meanwhile is further by now, never behind.
      const isThere = await this.rows.isAtLeastAt(this.kind.name, before).catch(() => true);
      if (!isThere) return;
    }
  }

  private warned = false;

  private warnOnce(logger: Logger, reason: string): void {
    if (this.warned) return;
    this.warned = true;
    logger.warn(
      { reactor: this.kind.name, reason },
      'A reactor is paused: it does not know what was done already. An operator lets it go on (POST /v1/reactors/{name}/resume), or skips what waits.',
    );
  }

  /** True if there may be more. */
  private async doDue(signal: AbortSignal, logger: Logger): Promise<boolean> {
    const due = await this.rows.due(this.kind.name, AT_A_TIME);
    await allEnded(due.map((effect) => (signal.aborted ? Promise.resolve() : this.doOne(effect, logger))));
    return due.length === AT_A_TIME;
  }

  private async doOne(effect: Effect, logger: Logger): Promise<void> {
    const { name, act, giveUp } = this.kind;
    const asked = await this.asked(effect);
    if (asked !== undefined) {
      try {
        await act(asked);
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        if (effect.attempts + 1 < ATTEMPTS_MAX) {
          const seconds = Math.min(RETRY_SECONDS * 2 ** effect.attempts, RETRY_SECONDS_MAX);
          logger.warn({ reactor: name, event: effect.eventId, err: error }, 'An effect failed; it is tried again.');
          return this.rows.failed(name, effect, failure, seconds);
        }
        await giveUp(asked, failure);
      }
    }
    await this.rows.over(name, effect);
  }

  /** Undefined where the log does not have it: it is of another one. */
  private async asked({ eventId, stream, revision }: Effect): Promise<Stored | undefined> {
    for await (const logged of this.log.readStream(stream, { from: revision, limit: 1 }))
      return logged.id === eventId ? decodeEvent(logged) : undefined;
    return undefined;
  }
}
