import type { EventLog } from '#kernel';
import { isOutage, type Pool } from '#postgres';
import type { Logger } from 'pino';
import { checkpointOf, type CheckpointRow } from './checkpoint.js';
import { Lane } from './lane.js';
import type { Projection } from './projection.js';
import { Projector, type AroundBatch } from './projector.js';

/**
 * Each projection is on a lane. Those at the same place share one; what is new, resumed or behind catches up on a lane of its
 * own and joins the others at the end of the log, so that it never holds them up. A lane is in memory alone: where a
 * projection stands, its checkpoint says.
 */
export class Lanes {
  private readonly following = new Map<Lane, Promise<void>>();

  constructor(
    private readonly log: EventLog,
    private readonly pool: Pool,
    private readonly projections: readonly Projection[],
    private readonly logger: Logger,
    private readonly around: AroundBatch | undefined,
    private readonly signal: AbortSignal,
    /** A projection lost its lane, because its checkpoint was moved, and can be put on another. */
    private readonly lost: () => void,
  ) {}

  /** Takes off what is not to run, and puts on what is. */
  arrange(rows: readonly CheckpointRow[]): void {
    const running = rows.filter(({ status }) => status === 'running');
    for (const lane of this.following.keys()) lane.drop((name) => running.every((row) => row.name !== name));
    const placed = new Set([...this.following.keys()].flatMap(({ names }) => names));
    const waiting = running.filter(({ name }) => !placed.has(name));
    for (const together of Map.groupBy(waiting, ({ position }) => position).values()) this.open(together);
  }

  /** Once all that is being written is written. */
  async ended(): Promise<void> {
    await Promise.all(this.following.values());
  }

  private open(rows: readonly CheckpointRow[]): void {
    const lane = new Lane(
      rows.map((row) => this.projectorOf(row)),
      this.log,
      this.pool,
      this.logger,
      this.lost,
      this.around,
    );
    this.following.set(lane, this.follow(lane));
  }

  private projectorOf(row: CheckpointRow): Projector {
    const projection = this.projections.find(({ name }) => name === row.name)!;
    return new Projector(projection, row.owner_epoch, checkpointOf(row), this.pool, this.signal, this.around);
  }

  private async follow(lane: Lane): Promise<void> {
    try {
      await lane.follow(this.signal, () => (this.joined(lane) ? 'leave' : 'go on'));
    } catch (error) {
      if (!this.signal.aborted && !isOutage(error))
        this.logger.error({ err: error, projections: lane.names }, 'Projecting was interrupted.');
    } finally {
      this.following.delete(lane);
    }
  }

  private joined(lane: Lane): boolean {
    const other = [...this.following.keys()].find((one) => lane.mayJoin(one));
    if (other === undefined) return false;
    this.logger.info({ projections: lane.names }, 'Projections that caught up go on with the others.');
    lane.join(other);
    return true;
  }
}
