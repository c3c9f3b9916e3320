import type { AccountId, Instant, TenantId, WebhookDeliveryId, WebhookEndpointId, WebhookReplayId } from '#kernel';
import { page, selectFrom, TenantTransactions, type Page, type PageRequest } from '#postgres';
import { Injectable } from '@nestjs/common';
import type { Attempt } from './delivery.js';

/** Where a delivery stands. `dead`: given up after its last attempt. `skipped`: nobody wants it any more. */
export type WebhookDeliveryStatus = 'pending' | 'delivered' | 'dead' | 'skipped';

export interface DeliveryRecord extends Record<string, unknown> {
  readonly delivery_id: WebhookDeliveryId;
  readonly tenant_id: TenantId;
  readonly endpoint_id: WebhookEndpointId;
  readonly replay_id: WebhookReplayId | null;
  readonly event_id: string;
  readonly event_type: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly account_id: AccountId | null;
  readonly sequence: bigint;
  readonly status: WebhookDeliveryStatus;
  readonly due_at: Instant | null;
  readonly attempts: number;
  readonly history: readonly Attempt[];
  /** The beginning of the last answer. */
  readonly answer: string | null;
  readonly queued_at: Instant;
  readonly over_at: Instant | null;
}

/** How an endpoint takes what it is sent. */
export interface EndpointHealth extends Record<string, unknown> {
  readonly endpoint_id: WebhookEndpointId;
  readonly failures: number;
  readonly open_until: Instant | null;
  readonly waiting: bigint;
  readonly dead: bigint;
}

/** What is to be sent and what was, for those whose it is. */
@Injectable()
export class DeliveryQueries {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, id: WebhookDeliveryId): Promise<DeliveryRecord | undefined> {
    const [row] = await this.database.rows<DeliveryRecord>(
      tenantId,
      'SELECT * FROM ops.webhook_deliveries WHERE tenant_id = $1 AND delivery_id = $2',
      [tenantId, id],
    );
    return row;
  }

  /** The last queued first. */
  list(
    tenantId: TenantId,
    endpointId: WebhookEndpointId,
    status: readonly WebhookDeliveryStatus[] | undefined,
    request: PageRequest,
  ): Promise<Page<DeliveryRecord>> {
    const query = selectFrom('webhook_deliveries', 'ops').where('t.endpoint_id = :endpointId', { endpointId });
    if (status !== undefined) query.andWhere('t.status = ANY (:status)', { status });
    return page<DeliveryRecord>(this.database, tenantId, query, 'sequence', request);
  }

  /** Counted by indexes of what waits and of what is dead: what was delivered in a month may be a thousand times as much. */
  async health(tenantId: TenantId): Promise<ReadonlyMap<WebhookEndpointId, EndpointHealth>> {
    const rows = await this.database.rows<EndpointHealth>(
      tenantId,
      `SELECT e.endpoint_id, e.failures, e.open_until,
              (SELECT count(*) FROM ops.webhook_deliveries WHERE endpoint_id = e.endpoint_id AND status = 'pending') AS waiting,
              (SELECT count(*) FROM ops.webhook_deliveries WHERE endpoint_id = e.endpoint_id AND status = 'dead') AS dead
         FROM ops.webhook_endpoints AS e WHERE e.tenant_id = $1`,
      [tenantId],
    );
    return new Map(rows.map((row) => [row.endpoint_id, row]));
  }
}
