import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '#kernel';
import { isOutage, shareOut, type Pool } from '#postgres';
import DataLoader from 'dataloader';
import type { Logger } from 'pino';
import { checkpointOf, checkpointRows, type CheckpointRow } from './checkpoint.js';
import { install } from './installation.js';
import { Lanes } from './lanes.js';
import type { Projection } from './projection.js';
import type { AroundBatch } from './projector.js';
import { requestRebuild } from './rebuild-requests.js';

const SHARED = 'recount-projector';
const RETRY_MILLISECONDS = 1_000;
const STATUS_CHECK_MILLISECONDS = 1_000;

export interface RunnerPools {
  /** Makes tables and rebuilds. */
  readonly owner: Pool;
  /** Writes rows of every tenant. */
  readonly projector: Pool;
}

/** The database has seen events that the log does not have: the log was put back to before them, or is another one. */
export class DatabaseAhead extends Error {
  constructor(projection: string, position: bigint) {
    super(
      `The event store is older than the database, or another one: projection ${projection} has seen an event at position ${position} that it does not have. ` +
        'Restore a backup of the event store that is as new, or start with an empty database: everything in it but its own records (schema ops) is built anew from the event store.',
    );
    this.name = 'DatabaseAhead';
  }
}

/**
 * Has the projections of the installation follow the log, shared out among the processes that run it: each is one process's at a time.
 * Each take-over raises the epoch, so that whoever still believes to own a projection cannot write.
 */
export class ProjectionRunner {
  private readonly epochs = new DataLoader((names: readonly string[]) => this.raiseEpochs(names), { cache: false });
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private looked = Promise.withResolvers<void>();

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
        await this.followOwned();
      } catch (error) {
        if (this.signal.aborted) return;
        if (!isOutage(error)) this.logger.error({ err: error }, 'Projecting was interrupted.');
        await sleep(RETRY_MILLISECONDS, undefined, { signal: this.signal }).catch(() => undefined);
      }
    }
  }

  /** Those that fall to this process go together wherever they are at the same place. */
  private async followOwned(): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.signal, over.signal]);
    const { log, pools, projections, logger, around } = this;
    const lanes = new Lanes(log, pools.projector, projections, logger, around, signal, () => this.look());
    const owned = new Set<string>();
    const arranging = this.arrangeForever(lanes, owned, signal);
    try {
      await shareOut(
        pools.owner,
        SHARED,
        new Map(projections.map(({ name }) => [name, (held) => this.own(name, owned, held)])),
        this.signal,
      );
    } finally {
      over.abort();
      await arranging;
      await lanes.ended();
    }
  }

  private async own(name: string, owned: Set<string>, signal: AbortSignal): Promise<void> {
    await this.epochs.load(name);
    owned.add(name);
    this.look();
    if (!signal.aborted) await once(signal, 'abort');
    owned.delete(name);
    this.look();
  }

  /** Whoever had them before cannot write from now on. */
  private async raiseEpochs(names: readonly string[]): Promise<readonly null[]> {
    await this.pools.owner.query('UPDATE ops.projections SET owner_epoch = owner_epoch + 1 WHERE name = ANY($1)', [
      names,
    ]);
    return names.map(() => null);
  }

  private async arrangeForever(lanes: Lanes, owned: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.looked = Promise.withResolvers<void>();
      await this.arrange(lanes, owned, signal);
      await Promise.race([this.looked.promise, sleep(STATUS_CHECK_MILLISECONDS, undefined, { signal })]).catch(
        () => undefined,
      );
    }
  }

  private look(): void {
    this.looked.resolve();
  }

  /** Notices what the API asked for: a pause, a second try, the end of a rebuild. */
  private async arrange(lanes: Lanes, owned: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    try {
      const rows = await this.checkpointRows();
      if (!signal.aborted) lanes.arrange(rows.filter(({ name }) => owned.has(name)));
    } catch (error) {
      if (!signal.aborted && !isOutage(error))
        this.logger.warn({ err: error }, 'Projections could not be looked after.');
    }
  }

  private checkpointRows(): Promise<CheckpointRow[]> {
    return checkpointRows(
      this.pools.projector,
      this.projections.map(({ name }) => name),
    );
  }

  /** A subscription from beyond the end of the log would wait in silence, and then leave out what comes. */
  private async verifyCheckpoints(): Promise<void> {
    const head = await this.log.head();
    for (const row of await this.checkpointRows()) {
      const { event, position } = checkpointOf(row);
      if (position > head) throw new DatabaseAhead(row.name, row.position);
      if (event === null) continue;
      const [found] = await Array.fromAsync(this.log.readStream(event.stream, { from: event.revision, limit: 1 }));
      if (found?.id !== event.id) throw new DatabaseAhead(row.name, row.position);
    }
  }
}
