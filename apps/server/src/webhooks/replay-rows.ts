import type { DisabledCause } from '#billing/webhook';
import type { WebhookTerms } from '#contracts';
import type { Instant, TenantId, WebhookEndpointId, WebhookReplayId } from '#kernel';
import { inTransaction, page, selectFrom, TenantTransactions, type Page, type PageRequest } from '#postgres';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { DeliveryRows, lockEndpoints } from './delivery-rows.js';
import type { Queued } from './delivery.js';
import type { KnownEndpoint } from './endpoint-rows.js';

/** Public events of a stretch of the log that are sent to one endpoint again. */
export interface Replay extends Record<string, unknown> {
  readonly replay_id: WebhookReplayId;
  readonly tenant_id: TenantId;
  readonly endpoint_id: WebhookEndpointId;
  readonly sequence: bigint;
  readonly after_position: bigint;
  readonly through_position: bigint;
  /** How far it is. */
  readonly position: bigint;
  /** None: what the endpoint hears. */
  readonly event_types: readonly string[];
  /** Messages a second at the most. */
  readonly rate: number;
  readonly queued: bigint;
  /** `queued`: all of it is among the deliveries. */
  readonly status: 'running' | 'queued' | 'cancelled';
  readonly created_at: Instant;
  readonly over_at: Instant | null;
}

export type DueReplay = Replay & { readonly endpoint: KnownEndpoint; readonly waiting: number };

const REPLAYS_AT_A_TIME = 20;

@Injectable()
export class ReplayRows {
  constructor(
    private readonly pools: Pools,
    private readonly deliveries: DeliveryRows,
    private readonly database: TenantTransactions,
  ) {}

  /** Begun again under the same id, it is the same. */
  async begin(
    replay: Pick<
      Replay,
      'replay_id' | 'tenant_id' | 'endpoint_id' | 'after_position' | 'through_position' | 'event_types' | 'rate'
    >,
  ): Promise<void> {
    await this.pools.projector.query(
      `INSERT INTO ops.webhook_replays (replay_id, tenant_id, endpoint_id, after_position, through_position, position, event_types, rate)
       VALUES ($1, $2, $3, $4, $5, $4, $6, $7) ON CONFLICT DO NOTHING`,
      [
        replay.replay_id,
        replay.tenant_id,
        replay.endpoint_id,
        replay.after_position,
        replay.through_position,
        replay.event_types,
        replay.rate,
      ],
    );
  }

  /** Those that may go on, and how much of each still waits to be sent. */
  async due(): Promise<readonly DueReplay[]> {
    const { rows } = await this.pools.projector.query<
      Replay & { definition: WebhookTerms; disabled: DisabledCause | null; waiting: bigint }
    >(
      `SELECT r.*, e.definition, e.disabled, w.waiting
         FROM ops.webhook_replays AS r JOIN ops.webhook_endpoints AS e USING (endpoint_id)
        CROSS JOIN LATERAL (SELECT count(*) AS waiting FROM ops.webhook_deliveries
                             WHERE replay_id = r.replay_id AND status = 'pending') AS w
        WHERE r.status = 'running' AND r.next_at <= now() ORDER BY r.next_at LIMIT ${REPLAYS_AT_A_TIME}`,
    );
    return rows.map(({ definition: terms, disabled, waiting, ...replay }) => ({
      ...replay,
      waiting: Number(waiting),
      endpoint: { endpointId: replay.endpoint_id, tenantId: replay.tenant_id, terms, disabled },
    }));
  }

  /** Queues some of it and puts down how far it is, at once; nothing where somebody cancelled it, or went on with it. */
  async advance(
    { replay_id: id, endpoint_id: endpointId, position: before }: Replay,
    queued: readonly Queued[],
    position: bigint,
    isOver: boolean,
  ): Promise<void> {
    await inTransaction(this.pools.projector, async (client) => {
      await lockEndpoints(client, [endpointId]);
      const { rowCount } = await client.query(
        `UPDATE ops.webhook_replays
            SET position = $3, queued = queued + $4, next_at = now() + interval '1 second',
                status = CASE WHEN $5 THEN 'queued' ELSE status END, over_at = CASE WHEN $5 THEN now() END
          WHERE replay_id = $1 AND position = $2 AND status = 'running'`,
        [id, before, position, queued.length, isOver],
      );
      if (rowCount === 1) await this.deliveries.queue(client, queued, id);
    });
  }

  /** What waits of it is left undone. @returns whether there is such a replay */
  async cancel(tenantId: TenantId, id: WebhookReplayId): Promise<boolean> {
    return inTransaction(this.pools.projector, async (client) => {
      const { rows } = await client.query<{ endpoint_id: string }>(
        'SELECT endpoint_id FROM ops.webhook_replays WHERE tenant_id = $1 AND replay_id = $2',
        [tenantId, id],
      );
      const [replay] = rows;
      if (!replay) return false;
      await lockEndpoints(client, [replay.endpoint_id]);
      await client.query(
        `UPDATE ops.webhook_replays SET status = 'cancelled', over_at = coalesce(over_at, now()) WHERE replay_id = $1`,
        [id],
      );
      await this.deliveries.skipReplayed(client, id);
      return true;
    });
  }

  async find(tenantId: TenantId, id: WebhookReplayId): Promise<Replay | undefined> {
    const [row] = await this.database.rows<Replay>(
      tenantId,
      'SELECT * FROM ops.webhook_replays WHERE tenant_id = $1 AND replay_id = $2',
      [tenantId, id],
    );
    return row;
  }

  list(tenantId: TenantId, endpointId: WebhookEndpointId, request: PageRequest): Promise<Page<Replay>> {
    const query = selectFrom('webhook_replays', 'ops').where('t.endpoint_id = :endpointId', { endpointId });
    return page<Replay>(this.database, tenantId, query, 'sequence', request);
  }
}
