import { setTimeout as sleep } from 'node:timers/promises';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import { allEnded, type EventLog } from '#kernel';
import { isOutage, whileHolding } from '#postgres';
import type { Logger } from 'pino';
import { readEvents } from './batch.js';
import type { Projection } from './projection.js';
import type { RunnerPools } from './projection-runner.js';
import { openRebuilds } from './rebuild-requests.js';
import { Rebuild, type Swap } from './rebuild.js';

const LOCK = 'recount-rebuilder';
const BATCH_EVENTS = 5_000;
const LOOK_MILLISECONDS = 500;
const REPORT_MILLISECONDS = 250;

/** Carries out rebuilds: all that are asked for at a time share one reading of the log. */
export class Rebuilder {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly pools: RunnerPools,
    private readonly projections: readonly Projection[],
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = this.runForever();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async runForever(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.rebuildRequested(signal);
      } catch (error) {
        if (!signal.aborted && !isOutage(error))
          this.logger.error({ err: error }, 'A rebuild was interrupted; it begins again.');
      }
      await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Two processes never rebuild at once. */
  private async rebuildRequested(signal: AbortSignal): Promise<void> {
    if ((await openRebuilds(this.pools.owner)).length === 0) return;
    await whileHolding(this.pools.owner, LOCK, signal, (held) => this.rebuildAll(held));
  }

  private async rebuildAll(signal: AbortSignal): Promise<void> {
    const head = await this.log.head();
    const open = new Map<string, Rebuild>();
    for (const request of await openRebuilds(this.pools.owner)) {
      const projection = this.projections.find(({ name }) => name === request.name);
      if (!projection) continue;
      const rebuild = new Rebuild(projection, request, this.pools.owner, this.pools.projector);
      await rebuild.prepare();
      open.set(request.name, rebuild);
      await this.pools.owner.query(
        `UPDATE ops.rebuilds SET status = 'running', head = $2, position = 0, events = 0, started_at = now() WHERE rebuild_id = $1`,
        [request.rebuild_id, head],
      );
    }
    const done = new AbortController();
    const batches = this.log.subscribe({
      filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES },
      batchSize: BATCH_EVENTS,
      signal: AbortSignal.any([signal, done.signal]),
    });
    let reportedAt = 0;
    for await (const batch of batches) {
      const events = readEvents(batch);
      await allEnded(
        [...open].map(([name, rebuild]) =>
          this.attempt(name, open, rebuild, signal, () => rebuild.consume(events, batch.position)),
        ),
      );
      if (batch.caughtUp) await this.swapAll(open, signal);
      if (performance.now() - reportedAt > REPORT_MILLISECONDS) {
        await this.report(open.values());
        reportedAt = performance.now();
      }
      if (open.size === 0) break;
    }
    done.abort();
  }

  private async swapAll(open: Map<string, Rebuild>, signal: AbortSignal): Promise<void> {
    for (const [name, rebuild] of open) {
      await this.attempt(name, open, rebuild, signal, async () => {
        const swap = await this.swapPatiently(rebuild, signal);
        if (swap.outcome === 'live_ahead') return;
        open.delete(name);
        await this.report([rebuild]);
        await this.pools.owner.query(
          `UPDATE ops.rebuilds SET status = 'completed', finished_at = now(), live_hash = $2, rebuilt_hash = $3 WHERE rebuild_id = $1`,
          [rebuild.request.rebuild_id, swap.live ?? null, swap.rebuilt ?? null],
        );
        this.logger.info({ projection: name, events: rebuild.events }, 'A projection was rebuilt.');
      });
    }
  }

  /** A busy reader, or a live projector a moment behind, puts it off: a moment later it works. */
  private async swapPatiently(rebuild: Rebuild, signal: AbortSignal): Promise<Swap> {
    for (;;) {
      signal.throwIfAborted();
      try {
        const swap = await rebuild.swap();
        if (swap.outcome !== 'live_behind') return swap;
      } catch (error) {
        if (!isOutage(error)) throw error;
      }
      await sleep(50, undefined, { signal });
    }
  }

  /** A rebuild that fails leaves the served tables as they are, and the other rebuilds alone. */
  private async attempt(
    name: string,
    open: Map<string, Rebuild>,
    rebuild: Rebuild,
    signal: AbortSignal,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted || isOutage(error)) throw error;
      this.logger.error({ projection: name, err: error }, 'A rebuild failed; the served tables stay.');
      open.delete(name);
      await rebuild.abandon();
      await this.pools.owner.query(
        `UPDATE ops.rebuilds SET status = 'failed', finished_at = now(), failure = $2 WHERE rebuild_id = $1`,
        [rebuild.request.rebuild_id, error instanceof Error ? error.message : String(error)],
      );
    }
  }

  private async report(rebuilds: Iterable<Rebuild>): Promise<void> {
    const running = [...rebuilds];
    await this.pools.owner.query(
      `UPDATE ops.rebuilds AS r SET position = v.position, events = v.events
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS v(rebuild_id, position, events)
        WHERE r.rebuild_id = v.rebuild_id`,
      [
        running.map(({ request }) => request.rebuild_id),
        running.map(({ position }) => position),
        running.map(({ events }) => events),
      ],
    );
  }
}
