import { setTimeout as sleep } from 'node:timers/promises';
import type { Stored } from '#contracts';
import { allEnded } from '#kernel';
import { inTransaction, isOutage, type Pool } from '#postgres';
import { checkpointAfter, type ReadEvent } from './batch.js';
import { CheckpointMoved, moveCheckpoints, type Checkpoint } from './checkpoint.js';
import { SERVED_SCHEMA } from './installation.js';
import type { Projection } from './projection.js';
import { RowChanges } from './row-changes.js';
import { writeProjected } from './write-projected.js';

const RETRY_MILLISECONDS_MAX = 5_000;

/** An event that cannot be projected. The projection stops before it; others go on. */
export class PoisonEvent extends Error {
  constructor({ logged }: ReadEvent, options: ErrorOptions) {
    const cause = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`${logged.type} ${logged.stream}@${logged.revision} (position ${logged.position}): ${cause}`, options);
    this.name = 'PoisonEvent';
  }
}

/** Of a step, what stands round its writing is told. */
export const toldOf = ({ projector, events }: Step) => ({ projection: projector.projection.name, events });

/** Stands round the writing of what projections make of a batch, with the events that their rows follow from: to measure it, to trace it. */
export type AroundBatch = (
  written: readonly { readonly projection: string; readonly events: readonly Stored[] }[],
  write: () => Promise<void>,
) => Promise<void>;

/** What a projection makes of a batch. */
export interface Step {
  readonly projector: Projector;
  readonly from: Checkpoint;
  readonly to: Checkpoint;
  readonly events: readonly Stored[];
  readonly rows: RowChanges;
}

/** One projection on its way through the log: rows and checkpoint move together or not at all. */
export class Projector {
  private readonly wanted: ReadonlySet<string>;
  /** What is stored; `considered` runs ahead of it where nothing matched. */
  private saved: Checkpoint;
  considered: Checkpoint;

  constructor(
    readonly projection: Projection,
    readonly epoch: bigint,
    checkpoint: Checkpoint,
    private readonly pool: Pool,
    private readonly signal: AbortSignal,
    private readonly around: AroundBatch = (_written, write) => write(),
  ) {
    this.wanted = new Set(projection.events);
    this.saved = checkpoint;
    this.considered = checkpoint;
  }

  moved(to: Checkpoint): void {
    this.saved = to;
    this.considered = to;
  }

  /** What follows from events up to a position, to be written together with what others make of them. @throws Error of an event that it cannot project */
  step(events: readonly ReadEvent[], position = this.considered.position): Step {
    const fresh = events.filter(({ logged }) => logged.position > this.considered.position);
    const wanted = fresh.filter((event) => this.concerns(event));
    const failed = wanted.find(({ failure }) => failure !== null);
    if (failed) throw failed.failure!;
    const stored = wanted.map((event) => event.stored!);
    const last = fresh.at(-1);
    const to = last
      ? checkpointAfter(last.logged, position)
      : { ...this.considered, position: position > this.considered.position ? position : this.considered.position };
    return { projector: this, from: this.saved, to, events: stored, rows: this.project(stored) };
  }

  /** Considers events up to a position, alone. @throws PoisonEvent | CheckpointMoved */
  async consume(events: readonly ReadEvent[], position: bigint): Promise<void> {
    const fresh = events.filter(({ logged }) => logged.position > this.considered.position);
    const stop = fresh.findIndex((event) => event.failure !== null && this.concerns(event));
    await this.write(stop < 0 ? fresh : fresh.slice(0, stop), stop < 0 ? position : undefined);
    if (stop >= 0) throw new PoisonEvent(fresh[stop]!, { cause: fresh[stop]!.failure });
  }

  private concerns({ logged, concernsAll }: ReadEvent): boolean {
    return concernsAll || this.wanted.has(logged.type);
  }

  /** Writes what follows from the events; halves them to find the one that cannot be written. */
  private async write(events: readonly ReadEvent[], position?: bigint): Promise<void> {
    try {
      const step = this.step(events, position);
      if (step.rows.isEmpty) this.considered = step.to;
      else await this.around([toldOf(step)], () => commitSteps(this.pool, [step], this.signal));
    } catch (error) {
      if (error instanceof CheckpointMoved || this.signal.aborted) throw error;
      if (events.length === 1)
        throw error instanceof PoisonEvent ? error : new PoisonEvent(events[0]!, { cause: error });
      const middle = events.length >> 1;
      await this.write(events.slice(0, middle));
      await this.write(events.slice(middle), position);
    }
  }

  private project(events: readonly Stored[]): RowChanges {
    const rows = new RowChanges();
    for (const event of events) this.projection.project(event, rows);
    return rows;
  }
}

/**
 * Rows and checkpoints of several projections in one transaction: all of it, or nothing. An outage is waited out. What fails is told once all have ended:
 * one that looks at repeated rows goes on asking meanwhile, and must not do so when the transaction is over.
 * @throws CheckpointMoved if one of them is elsewhere than its projector believes
 */
export const commitSteps = async (pool: Pool, steps: readonly Step[], signal: AbortSignal): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      await inTransaction(pool, (client) =>
        allEnded<unknown>([
          moveCheckpoints(client, steps),
          ...steps.map(({ projector: { projection }, events, rows }) =>
            writeProjected(client, SERVED_SCHEMA, { projection, events, rows }),
          ),
        ]),
      );
      for (const { projector, to } of steps) projector.moved(to);
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(Math.min(50 * 2 ** attempt, RETRY_MILLISECONDS_MAX), undefined, { signal });
    }
  }
};
