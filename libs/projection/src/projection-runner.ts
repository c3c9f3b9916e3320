import { setTimeout as sleep } from 'node:timers/promises';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import type { EventBatch, EventLog } from '#kernel';
import { inTransaction, isOutage, whileHolding, type Pool } from '#postgres';
import type { Logger } from 'pino';
import { readEvents, type ReadEvent } from './batch.js';
import { CheckpointMoved, moveCheckpoints, type Checkpoint } from './checkpoint.js';
import { install } from './installation.js';
import type { Projection } from './projection.js';
import { PoisonEvent, Projector, type AroundBatch } from './projector.js';
import { requestRebuild } from './rebuild-requests.js';

const BATCH_EVENTS = 2_000;
const LOCK = 'recount-projector';
const RETRY_MILLISECONDS = 1_000;
const STATUS_CHECK_MILLISECONDS = 1_000;

export interface RunnerPools {
  /** Makes tables and rebuilds. */
  readonly owner: Pool;
  /** Writes rows of every tenant. */
  readonly projector: Pool;
}

interface CheckpointRow {
  readonly name: string;
  readonly status: 'running' | 'paused' | 'failed';
  readonly position: bigint;
  readonly owner_epoch: bigint;
  readonly event_id: string | null;
  readonly event_stream: string | null;
  readonly event_revision: bigint | null;
}

/**
 * One reader of the log for all projections of the installation. One process runs it, others stand by for its lock;
 * each take-over raises the epoch, so that whoever still believes to own a projection cannot write.
 */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private projectors = new Map<string, Projector>();
  private running: Promise<void> | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly pools: RunnerPools,
    private readonly projections: readonly Projection[],
    private readonly logger: Logger,
    private readonly around?: AroundBatch,
  ) {}

  /** Resolves once every projection has its tables; then projects until `stop`. Rejects if the database belongs to another log. */
  async start(): Promise<void> {
    for (const projection of this.projections) {
      if ((await install(this.pools.owner, projection)) === 'outdated') {
        await requestRebuild(this.pools.owner, projection.name, false);
      }
    }
    await this.verifyCheckpoints();
    this.running = this.runForever();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private get signal(): AbortSignal {
    return this.stopping.signal;
  }

  private async runForever(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await whileHolding(this.pools.owner, LOCK, this.signal, (signal) => this.followAsOwner(signal));
      } catch (error) {
        if (this.signal.aborted) return;
        if (!(error instanceof CheckpointMoved) && !isOutage(error))
          this.logger.error({ err: error }, 'Projecting was interrupted.');
        await sleep(RETRY_MILLISECONDS, undefined, { signal: this.signal }).catch(() => undefined);
      }
    }
  }

  private async followAsOwner(signal: AbortSignal): Promise<void> {
    await this.pools.owner.query('UPDATE ops.projections SET owner_epoch = owner_epoch + 1');
    while (!signal.aborted) await this.follow(signal);
  }

  /** Follows the log with the projections that are to run, until that set changes. */
  private async follow(signal: AbortSignal): Promise<void> {
    const rows = await this.checkpointRows();
    const active = new Set(rows.filter(({ status }) => status === 'running').map(({ name }) => name));
    const restart = new AbortController();
    const following = AbortSignal.any([signal, restart.signal]);
    this.projectors = new Map(
      this.projections
        .filter(({ name }) => active.has(name))
        .map((projection) => {
          const row = rows.find(({ name }) => name === projection.name)!;
          return [
            projection.name,
            new Projector(projection, row.owner_epoch, checkpointOf(row), this.pools.projector, following, this.around),
          ];
        }),
    );
    const watching = this.watchStatuses(restart, following);
    try {
      if (this.projectors.size === 0) await untilAborted(following);
      else for await (const batch of this.subscription(following)) await this.consume(batch, restart);
    } catch (error) {
      if (!following.aborted) throw error;
    } finally {
      restart.abort();
      await watching;
    }
  }

  private subscription(signal: AbortSignal): AsyncIterable<EventBatch> {
    const positions = [...this.projectors.values()].map(({ considered }) => considered.position);
    const after = positions.reduce((least, position) => (position < least ? position : least));
    return this.log.subscribe({
      ...(after > 0n ? { after } : {}),
      filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES },
      batchSize: BATCH_EVENTS,
      signal,
    });
  }

  private async consume(batch: EventBatch, restart: AbortController): Promise<void> {
    const events = readEvents(batch);
    await Promise.all(
      [...this.projectors.values()].map((projector) => this.consumeWith(projector, events, batch, restart)),
    );
    if (batch.caughtUp) await this.saveConsidered(restart);
  }

  private async consumeWith(
    projector: Projector,
    events: readonly ReadEvent[],
    { position }: EventBatch,
    restart: AbortController,
  ): Promise<void> {
    try {
      await projector.consume(events, position);
    } catch (error) {
      // Rebuilt, paused or taken over: the next round reads where it stands now.
      if (error instanceof CheckpointMoved) restart.abort();
      else if (error instanceof PoisonEvent) await this.fail(projector, error);
      else throw error;
    }
  }

  private async fail({ projection, epoch }: Projector, error: PoisonEvent): Promise<void> {
    this.logger.error(
      { projection: projection.name, err: error },
      'A projection stopped at an event that it cannot project.',
    );
    this.projectors.delete(projection.name);
    await this.pools.projector.query(
      `UPDATE ops.projections SET status = 'failed', failure = $3, updated_at = now() WHERE name = $1 AND owner_epoch = $2`,
      [projection.name, epoch, error.message],
    );
  }

  private async saveConsidered(restart: AbortController): Promise<void> {
    const moves = [...this.projectors.values()].map(({ pendingMove }) => pendingMove).filter((move) => move !== null);
    if (moves.length === 0) return;
    const moved = await inTransaction(this.pools.projector, (client) => moveCheckpoints(client, moves));
    for (const { name, to } of moves) {
      if (moved.has(name)) this.projectors.get(name)!.moved(to);
      else restart.abort();
    }
  }

  /** Notices what the API asked for: a pause, a second try, the end of a rebuild. */
  private async watchStatuses(restart: AbortController, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await sleep(STATUS_CHECK_MILLISECONDS, undefined, { signal });
        const running = (await this.checkpointRows()).filter(({ status }) => status === 'running');
        if (running.length !== this.projectors.size || running.some(({ name }) => !this.projectors.has(name)))
          restart.abort();
      } catch (error) {
        if (!signal.aborted && !isOutage(error))
          this.logger.warn({ err: error }, 'Projections could not be looked after.');
      }
    }
  }

  private async checkpointRows(): Promise<CheckpointRow[]> {
    const { rows } = await this.pools.projector.query<CheckpointRow>(
      `SELECT name, status, position, owner_epoch, event_id, event_stream, event_revision
         FROM ops.projections WHERE name = ANY($1)`,
      [this.projections.map(({ name }) => name)],
    );
    return rows;
  }

  private async verifyCheckpoints(): Promise<void> {
    for (const row of await this.checkpointRows()) {
      const { event } = checkpointOf(row);
      if (event === null) continue;
      const [found] = await Array.fromAsync(this.log.readStream(event.stream, { from: event.revision, limit: 1 }));
      if (found?.id !== event.id) {
        throw new Error(
          `Projection ${row.name} stands at an event that this log does not have: the database belongs to another log.`,
        );
      }
    }
  }
}

const checkpointOf = ({
  position,
  event_id: id,
  event_stream: stream,
  event_revision: revision,
}: CheckpointRow): Checkpoint => ({
  position,
  event: id === null ? null : { id, stream: stream!, revision: Number(revision) },
});

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
