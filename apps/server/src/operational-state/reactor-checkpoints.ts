import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

/** How far each reactor has followed the log. */
@Injectable()
export class ReactorCheckpoints {
  constructor(private readonly pools: Pools) {}

  async of(reactor: string): Promise<bigint> {
    const { rows } = await this.pools.projector.query<{ position: bigint }>(
      'SELECT position FROM ops.reactors WHERE name = $1',
      [reactor],
    );
    return rows[0]?.position ?? 0n;
  }

  async save(reactor: string, position: bigint): Promise<void> {
    await this.pools.projector.query(
      `INSERT INTO ops.reactors (name, position) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET position = excluded.position, updated_at = now()`,
      [reactor, position],
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
