import type { TenantId, WebhookDeliveryId, WebhookReplayId } from '#kernel';
import { inTransaction, type PoolClient } from '#postgres';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { QUEUE_WEBHOOKS } from '../effects/reactors.js';
import { CLOSED, type Breaker } from './breaker.js';
import type { Attempt, ClaimedDelivery, EndpointNext, Next, Queued } from './delivery.js';

/** Who takes what it is sent gets so many messages at once, of several queues. */
const AT_A_TIME = 8;
/** Whoever has one is done with it by then, or gone. */
const LEASE_SECONDS = 60;

/** What an operator looks at. */
export interface DeliveryFigures {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly open: number;
  readonly disabled: number;
}

/** What is to be sent to endpoints. */
@Injectable()
export class DeliveryRows {
  constructor(private readonly pools: Pools) {}

  /** In the order given. What is there already stays as it is. */
  async queue(client: PoolClient, queued: readonly Queued[], replayId: WebhookReplayId | null = null): Promise<void> {
    if (queued.length === 0) return;
    await lockEndpoints(client, [...new Set(queued.map(({ endpoint }) => endpoint.endpointId))]);
    await client.query(
      `INSERT INTO ops.webhook_deliveries
         (delivery_id, tenant_id, endpoint_id, event_id, event_type, account_id, queue, stream, revision, position, replay_id)
       SELECT id, tenant, endpoint, event, type, account, queue, stream, revision, position, $11
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[])
              WITH ORDINALITY AS v(id, tenant, endpoint, event, type, account, queue, stream, revision, position, n)
        ORDER BY n ON CONFLICT DO NOTHING`,
      [
        queued.map(({ deliveryId }) => deliveryId),
        queued.map(({ endpoint }) => endpoint.tenantId),
        queued.map(({ endpoint }) => endpoint.endpointId),
        queued.map(({ event }) => event.id),
        queued.map(({ event }) => event.type),
        queued.map(({ event }) => event.accountId ?? null),
        queued.map(({ queue }) => queue),
        queued.map(({ logged }) => logged.stream),
        queued.map(({ logged }) => logged.revision),
        queued.map(({ logged }) => logged.position),
        replayId,
      ],
    );
    const queues = new Map(
      queued.map(({ endpoint: { endpointId }, queue }) => [`${endpointId} ${queue}`, { endpointId, queue }]),
    );
    await promote(client, [...queues.values()]);
  }

  /**
   * What is due, the first of each queue: eight of an endpoint at once, one of those that did not take the last. That it is tried is written down before it is; whoever
   * is lost with it has it no longer than its lease.
   *
   * @param busy how many of an endpoint are being sent
   */
  async claim(busy: ReadonlyMap<string, number>, limit: number): Promise<readonly ClaimedDelivery[]> {
    if (limit <= 0) return [];
    const { rows } = await this.pools.projector.query<ClaimedDelivery & { readonly is_probe: boolean }>(
      `WITH due AS (
         SELECT d.delivery_id FROM ops.webhook_endpoints AS e
           LEFT JOIN unnest($1::text[], $2::int[]) AS b(endpoint_id, busy) ON b.endpoint_id = e.endpoint_id
           CROSS JOIN LATERAL (
             SELECT delivery_id, due_at FROM ops.webhook_deliveries
              WHERE endpoint_id = e.endpoint_id AND status = 'pending' AND due_at <= now()
              ORDER BY due_at, sequence
              LIMIT greatest(0, CASE WHEN e.failures = 0 THEN ${AT_A_TIME} ELSE 1 END - coalesce(b.busy, 0))
              FOR UPDATE SKIP LOCKED) AS d
          WHERE e.disabled IS NULL AND (e.open_until IS NULL OR e.open_until <= now())
            AND EXISTS (SELECT FROM ops.reactors WHERE name = '${QUEUE_WEBHOOKS}' AND paused IS NULL)
          ORDER BY e.failures > 0, d.due_at LIMIT $3)
       UPDATE ops.webhook_deliveries AS d
          SET attempts = d.attempts + 1, claim = d.claim + 1, due_at = now() + interval '${LEASE_SECONDS} seconds'
         FROM due, ops.webhook_endpoints AS e
        WHERE d.delivery_id = due.delivery_id AND e.endpoint_id = d.endpoint_id
       RETURNING d.delivery_id, d.replay_id, d.event_id, d.stream, d.revision, d.account_id, d.queue, d.attempts, d.claim,
                 e.*, e.open_until IS NOT NULL AS is_probe`,
      [[...busy.keys()], [...busy.values()], limit],
    );
    return rows.map(({ is_probe: isProbe, ...row }) => ({ ...row, isProbe }));
  }

  /**
   * Puts down how an attempt went, lets the next of its queue go, and what is known of the endpoint, at once. Nothing changes where somebody else has it by now.
   */
  async finish(
    { delivery_id: id, endpoint_id: endpointId, queue, claim }: ClaimedDelivery,
    next: Next,
    attempt: Attempt | null,
    answer: string | null,
    endpointNext: (before: Breaker) => EndpointNext,
  ): Promise<void> {
    await inTransaction(this.pools.projector, async (client) => {
      const [endpoint] = await lockEndpoints(client, [endpointId]);
      const isOver = next.status !== 'pending';
      const { rowCount } = await client.query(
        `UPDATE ops.webhook_deliveries
            SET status = $3, attempts = attempts - CASE WHEN $4 THEN 1 ELSE 0 END, answer = coalesce($5, answer),
                history = CASE WHEN $6::jsonb IS NULL THEN history ELSE history || $6::jsonb END,
                due_at = CASE WHEN $7::float8 IS NULL THEN NULL ELSE now() + $7 * interval '1 second' END,
                over_at = CASE WHEN $7::float8 IS NULL THEN now() END
          WHERE delivery_id = $1 AND claim = $2 AND status = 'pending'`,
        [
          id,
          claim,
          next.status,
          !isOver && next.again === true,
          answer,
          attempt && JSON.stringify([attempt]),
          isOver ? null : next.seconds,
        ],
      );
      if (rowCount !== 1) return;
      if (isOver) await promote(client, [{ endpointId, queue }]);
      if (endpoint) await this.noteEndpoint(client, endpoint, endpointNext(breakerOf(endpoint)));
    });
  }

  /** Behind all that waits in its queue, with all its attempts before it. @returns whether there was such a delivery that is over */
  async retry(tenantId: TenantId, id: WebhookDeliveryId): Promise<boolean> {
    return inTransaction(this.pools.projector, async (client) => {
      const { rows } = await client.query<{ endpoint_id: string; queue: string }>(
        `SELECT endpoint_id, queue FROM ops.webhook_deliveries WHERE tenant_id = $1 AND delivery_id = $2`,
        [tenantId, id],
      );
      const [row] = rows;
      if (!row || (await lockEndpoints(client, [row.endpoint_id])).length === 0) return false;
      const { rowCount } = await client.query(
        `UPDATE ops.webhook_deliveries SET status = 'pending', attempts = 0, over_at = NULL, due_at = NULL, sequence = DEFAULT
          WHERE delivery_id = $1 AND status <> 'pending'`,
        [id],
      );
      await promote(client, [{ endpointId: row.endpoint_id, queue: row.queue }]);
      return rowCount === 1;
    });
  }

  /** What waits of a replay is left undone. */
  async skipReplayed(client: PoolClient, replayId: WebhookReplayId): Promise<void> {
    await client.query(
      `UPDATE ops.webhook_deliveries SET status = 'skipped', due_at = NULL, over_at = now()
        WHERE replay_id = $1 AND status = 'pending'`,
      [replayId],
    );
  }

  /** Of all tenants. */
  async figures(): Promise<DeliveryFigures> {
    const { rows } = await this.pools.projector.query<{
      waiting: bigint;
      oldest: number;
      open: bigint;
      disabled: bigint;
    }>(
      `SELECT count(d.delivery_id) AS waiting, coalesce(extract(epoch FROM now() - min(d.queued_at)), 0)::float8 AS oldest,
              (SELECT count(*) FROM ops.webhook_endpoints WHERE disabled IS NULL AND open_until IS NOT NULL) AS open,
              (SELECT count(*) FROM ops.webhook_endpoints WHERE disabled IS NOT NULL) AS disabled
         FROM ops.webhook_deliveries AS d JOIN ops.webhook_endpoints AS e USING (endpoint_id)
        WHERE d.status = 'pending' AND e.disabled IS NULL`,
    );
    const { waiting, oldest, open, disabled } = rows[0]!;
    return { waiting: Number(waiting), oldestSeconds: oldest, open: Number(open), disabled: Number(disabled) };
  }

  private async noteEndpoint(
    client: PoolClient,
    before: LockedEndpoint,
    { breaker, disabled }: EndpointNext,
  ): Promise<void> {
    if (breaker === CLOSED && before.failures === 0 && disabled === null) return;
    await client.query(
      `UPDATE ops.webhook_endpoints
          SET failures = $2, failing_since = to_timestamp($3::float8 / 1000), open_until = to_timestamp($4::float8 / 1000), probes = $5,
              told = CASE WHEN $6::text IS NULL OR disabled IS NOT NULL THEN told ELSE false END, disabled = coalesce(disabled, $6)
        WHERE endpoint_id = $1`,
      [before.endpoint_id, breaker.failures, breaker.failingSince, breaker.openUntil, breaker.probes, disabled],
    );
  }
}

interface LockedEndpoint {
  readonly endpoint_id: string;
  readonly failures: number;
  readonly failing_since: string | null;
  readonly open_until: string | null;
  readonly probes: number;
}

/**
 * Whoever adds to a queue and whoever takes from it are in turn: else neither would see that the other's is the first of it. It comes before rows of deliveries and replays are
 * written: whoever took them the other way round would wait for one another.
 */
export const lockEndpoints = async (client: PoolClient, endpointIds: readonly string[]): Promise<LockedEndpoint[]> => {
  const { rows } = await client.query<LockedEndpoint>(
    `SELECT endpoint_id, failures, failing_since, open_until, probes FROM ops.webhook_endpoints
      WHERE endpoint_id = ANY ($1) ORDER BY endpoint_id FOR UPDATE`,
    [endpointIds],
  );
  return rows;
};

const breakerOf = ({ failures, failing_since: since, open_until: until, probes }: LockedEndpoint): Breaker => ({
  failures,
  failingSince: since === null ? null : Date.parse(since),
  openUntil: until === null ? null : Date.parse(until),
  probes,
});

/** Lets the first of each queue go, if it does not already. The endpoints are locked. */
const promote = async (
  client: PoolClient,
  queues: readonly { readonly endpointId: string; readonly queue: string }[],
): Promise<void> => {
  await client.query(
    `UPDATE ops.webhook_deliveries SET due_at = now()
      WHERE due_at IS NULL AND status = 'pending' AND delivery_id IN (
        SELECT first.delivery_id FROM unnest($1::text[], $2::text[]) AS q(endpoint_id, queue)
         CROSS JOIN LATERAL (SELECT delivery_id FROM ops.webhook_deliveries AS d
                              WHERE d.endpoint_id = q.endpoint_id AND d.queue = q.queue AND d.status = 'pending'
                              ORDER BY d.sequence LIMIT 1) AS first)`,
    [queues.map(({ endpointId }) => endpointId), queues.map(({ queue }) => queue)],
  );
};
