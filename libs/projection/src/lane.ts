import { setTimeout as sleep } from 'node:timers/promises';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import type { EventBatch, EventLog } from '#kernel';
import type { Pool } from '#postgres';
import type { Logger } from 'pino';
import { readEvents, type ReadEvent } from './batch.js';
import { CheckpointMoved } from './checkpoint.js';
import { commitSteps, PoisonEvent, toldOf, type AroundBatch, type Projector } from './projector.js';

const BATCH_EVENTS = 2_000;

/** At the end of the log, what comes close behind a batch is written together: a transaction costs as much for one event as for thirty. */
const GATHERING_MILLISECONDS = 10;

const gathering = (signal: AbortSignal): Promise<void> =>
  sleep(GATHERING_MILLISECONDS, undefined, { signal }).catch(() => undefined);

/** Projections that stand at the same place in the log, and the one reader that they share. */
export class Lane {
  private readonly ended = new AbortController();
  private readonly projectors: Set<Projector>;
  /** Up to here its reader has come: what it reads next lies after it. */
  private seen: bigint;
  private isAtRest = false;

  constructor(
    projectors: Iterable<Projector>,
    private readonly log: EventLog,
    private readonly pool: Pool,
    private readonly logger: Logger,
    /** A checkpoint is elsewhere than its projector believed. */
    private readonly lost: () => void,
    private readonly around: AroundBatch = (_written, write) => write(),
  ) {
    this.projectors = new Set(projectors);
    const positions = [...this.projectors].map(({ considered }) => considered.position);
    this.seen = positions.reduce((least, position) => (position < least ? position : least));
  }

  get names(): readonly string[] {
    return [...this.projectors].map(({ projection }) => projection.name);
  }

  /** Ends once nothing is left on it, or `afterBatch` says so. */
  async follow(signal: AbortSignal, afterBatch: () => 'go on' | 'leave'): Promise<void> {
    const following = AbortSignal.any([signal, this.ended.signal]);
    try {
      for await (const batch of this.batches(following)) {
        await this.consume(batch, following);
        if (afterBatch() === 'leave') return;
        if (batch.caughtUp && batch.events.length > 0) await gathering(following);
      }
    } catch (error) {
      if (!following.aborted) throw error;
    }
  }

  /** Takes a projection off; a batch of it that is being written is written, or refused by its checkpoint. */
  drop(unwanted: (name: string) => boolean): void {
    for (const projector of this.projectors) if (unwanted(projector.projection.name)) this.remove(projector);
  }

  /**
   * Nobody waits for a lane that is behind or busy, so both have to stand at the end of the log with nothing in hand. What
   * the other reads next this one may have considered, which projectors pass over; the reverse would be a gap.
   */
  mayJoin(other: Lane): boolean {
    return this !== other && this.isAtRest && other.isAtRest && other.seen <= this.seen;
  }

  join(other: Lane): void {
    for (const projector of this.projectors) other.projectors.add(projector);
    this.projectors.clear();
  }

  private batches(signal: AbortSignal): AsyncIterable<EventBatch> {
    return this.log.subscribe({
      ...(this.seen > 0n ? { after: this.seen } : {}),
      filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES },
      batchSize: BATCH_EVENTS,
      signal,
    });
  }

  private async consume(batch: EventBatch, signal: AbortSignal): Promise<void> {
    this.isAtRest = false;
    this.seen = batch.position;
    const events = readEvents(batch);
    if (!(await this.consumeTogether(events, batch.position, signal))) {
      const consuming = [...this.projectors].map((projector) => this.consumeWith(projector, events, batch));
      // One that fails ends the lane, but not before the others have put down what they are writing.
      for (const result of await Promise.allSettled(consuming)) if (result.status === 'rejected') throw result.reason;
      await this.saveConsidered(signal);
    }
    this.isAtRest = batch.caughtUp;
  }

  /**
   * All projections in one transaction, which is what nearly every batch is. Whatever is wrong with one of them is rolled back, and found when each
   * of them does the same alone.
   */
  private async consumeTogether(events: readonly ReadEvent[], position: bigint, signal: AbortSignal): Promise<boolean> {
    try {
      const steps = [...this.projectors].map((projector) => projector.step(events, position));
      const moving = steps.filter(({ from, to }) => from.position !== to.position);
      if (moving.length === 0) return true;
      const writing = moving.filter(({ rows }) => !rows.isEmpty).map(toldOf);
      const write = (): Promise<void> => commitSteps(this.pool, moving, signal);
      await (writing.length > 0 ? this.around(writing, write) : write());
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  }

  private async consumeWith(
    projector: Projector,
    events: readonly ReadEvent[],
    { position }: EventBatch,
  ): Promise<void> {
    try {
      await projector.consume(events, position);
    } catch (error) {
      // Rebuilt or taken over: it begins again where its checkpoint stands now.
      if (error instanceof CheckpointMoved) this.lose(projector);
      else if (error instanceof PoisonEvent) await this.fail(projector, error);
      else throw error;
    }
  }

  private async fail(projector: Projector, error: PoisonEvent): Promise<void> {
    const { name } = projector.projection;
    this.logger.error({ projection: name, err: error }, 'A projection stopped at an event that it cannot project.');
    await this.pool.query(
      `UPDATE ops.projections SET status = 'failed', failure = $3, updated_at = now() WHERE name = $1 AND owner_epoch = $2`,
      [name, projector.epoch, error.message],
    );
    this.remove(projector);
  }

  /** Where nothing followed: also on the way to the end of the log, so that what was considered together goes on together after a restart. */
  private async saveConsidered(signal: AbortSignal): Promise<void> {
    for (const projector of this.projectors) {
      const step = projector.step([], projector.considered.position);
      if (step.from.position === step.to.position) continue;
      try {
        await commitSteps(this.pool, [step], signal);
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
        this.lose(projector);
      }
    }
  }

  private lose(projector: Projector): void {
    this.remove(projector);
    this.lost();
  }

  private remove(projector: Projector): void {
    this.projectors.delete(projector);
    if (this.projectors.size === 0) this.ended.abort();
  }
}
