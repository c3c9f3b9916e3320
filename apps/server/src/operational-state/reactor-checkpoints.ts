import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Pools } from '../core/pools.js';

const SAVED_WITHIN_MILLISECONDS = 1_000;

/** How far each reactor has followed the log. */
@Injectable()
export class ReactorCheckpoints implements BeforeApplicationShutdown {
  private readonly unsaved = new Map<string, bigint>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pools: Pools) {}

  async of(reactor: string): Promise<bigint> {
    const { rows } = await this.pools.projector.query<{ position: bigint }>(
      'SELECT position FROM ops.reactors WHERE name = $1',
      [reactor],
    );
    return rows[0]?.position ?? 0n;
  }

  /**
   * Put down within a second, together with those of others: what a reactor does again changes nothing. Where that fails, the next one is put
   * down instead.
   */
  save(reactor: string, position: bigint): void {
    this.unsaved.set(reactor, position);
    this.timer ??= setTimeout(() => void this.saveAll().catch(() => undefined), SAVED_WITHIN_MILLISECONDS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.saveAll().catch(() => undefined);
  }

  private async saveAll(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const positions = [...this.unsaved];
    this.unsaved.clear();
    if (positions.length === 0) return;
    await this.pools.projector.query(
      `INSERT INTO ops.reactors (name, position) SELECT * FROM unnest($1::text[], $2::bigint[])
       ON CONFLICT (name) DO UPDATE SET position = excluded.position, updated_at = now()`,
      [positions.map(([name]) => name), positions.map(([, position]) => position)],
    );
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
