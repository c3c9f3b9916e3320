import { isOutage } from '#postgres';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Pools } from '../core/pools.js';

const SAVED_WITHIN_MILLISECONDS = 1_000;

/** How far each reactor has followed the log. */
@Injectable()
export class ReactorCheckpoints implements BeforeApplicationShutdown {
  private readonly unsaved = new Map<string, bigint>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pools: Pools,
    private readonly logger: PinoLogger,
  ) {}

  async of(reactor: string): Promise<bigint> {
    const { rows } = await this.pools.projector.query<{ position: bigint }>(
      'SELECT position FROM ops.reactors WHERE name = $1',
      [reactor],
    );
    return rows[0]?.position ?? 0n;
  }

  /** Put down within a second, together with those of others: what a reactor does again changes nothing. Where that fails, it is tried again. */
  save(reactor: string, position: bigint): void {
    this.unsaved.set(reactor, position);
    this.timer ??= setTimeout(() => void this.saveAll(), SAVED_WITHIN_MILLISECONDS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.saveAll();
  }

  private async saveAll(): Promise<void> {
    this.timer = undefined;
    const positions = [...this.unsaved];
    this.unsaved.clear();
    if (positions.length === 0) return;
    try {
      await this.pools.projector.query(
        `INSERT INTO ops.reactors (name, position) SELECT * FROM unnest($1::text[], $2::bigint[])
         ON CONFLICT (name) DO UPDATE SET position = excluded.position, updated_at = now()`,
        [positions.map(([name]) => name), positions.map(([, position]) => position)],
      );
    } catch (error) {
      if (!isOutage(error)) this.logger.error({ err: error }, 'Places of reactors could not be put down.');
      // One that has gone on meanwhile has a later place.
      for (const [name, position] of positions) if (!this.unsaved.has(name)) this.save(name, position);
    }
  }

  /** From the beginning, if it has acted on a newer key ring than this one. */
  async beginAgainOnAnOlderRing(reactor: string, keyRingVersion: bigint): Promise<void> {
    await this.pools.owner.query(
      'DELETE FROM ops.reactors WHERE name = $1 AND (SELECT key_ring_version FROM ops.installation) > $2',
      [reactor, keyRingVersion],
    );
  }

  async noteKeyRing(version: bigint): Promise<void> {
    await this.pools.owner.query('UPDATE ops.installation SET key_ring_version = $1', [version]);
  }
}
