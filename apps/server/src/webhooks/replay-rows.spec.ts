import { anId, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/services/eventually.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import type { Pools } from '../core/pools.js';
import { DeliveryRows } from './delivery-rows.js';
import { ReplayRows } from './replay-rows.js';

const [endpointId, replayId] = [anId('whe'), anId('whr')];
const WAITING = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`;

describe('a replay of webhooks', () => {
  const stopping = new Stopping();

  it('is cancelled while its messages are sent: neither waits for the other', async () => {
    const { projector, tenants } = await stopping.use(TestDatabase.create());
    const pools = { projector } as Pools;
    const replays = new ReplayRows(pools, new DeliveryRows(pools), tenants);
    const replay = { replay_id: replayId, tenant_id: TENANT, endpoint_id: endpointId, event_types: [], rate: 1 };
    await replays.begin({ ...replay, after_position: 0n, through_position: 9n });
    await projector.query(
      `INSERT INTO ops.webhook_endpoints (endpoint_id, tenant_id, definition, secret_id) VALUES ($1, $2, '{}', 'whs_1')`,
      [endpointId, TENANT],
    );
    await projector.query(
      `INSERT INTO ops.webhook_deliveries
         (delivery_id, tenant_id, endpoint_id, replay_id, event_id, event_type, stream, revision, position, queue)
       SELECT n::text, $1, $2, $3, n::text, 'account.opened', 'account-1', n, n, $3 FROM generate_series(1, 3) AS n`,
      [TENANT, endpointId, replayId],
    );
    const sender = await projector.connect();
    try {
      // As whoever sends them puts it down: the endpoint first, then the message, then the next of its queue.
      const setDue = (id: string) =>
        sender.query(`UPDATE ops.webhook_deliveries SET due_at = now() WHERE delivery_id = $1`, [id]);
      await sender.query('BEGIN');
      await sender.query('SELECT FROM ops.webhook_endpoints FOR UPDATE');
      await setDue('3');
      const cancelled = replays.cancel(TENANT, replayId);
      await eventually(
        async () => (await projector.query(WAITING)).rowCount,
        (waiting) => waiting === 1,
      );
      await setDue('1');
      await sender.query('COMMIT');
      expect(await cancelled).toBe(true);
    } finally {
      sender.release();
    }
    const { rows } = await projector.query('SELECT DISTINCT status FROM ops.webhook_deliveries');
    expect(rows).toEqual([{ status: 'skipped' }]);
  });
});
