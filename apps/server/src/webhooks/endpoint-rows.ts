import type { DisabledCause } from '#billing/webhook';
import { decodeEvent, type WebhookFact, type WebhookTerms } from '#contracts';
import { EventLog, type Instant, type TenantId, type WebhookEndpointId, type WebhookSecretId } from '#kernel';
import { inTransaction, type PoolClient } from '#postgres';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

/** What is sent to an endpoint, as the log has it up to a place. */
export interface KnownEndpoint {
  readonly endpointId: WebhookEndpointId;
  readonly tenantId: TenantId;
  readonly terms: WebhookTerms;
  /** Null while it is sent to. */
  readonly disabled: DisabledCause | null;
}

/** Found out before anybody enabled it once more. */
export interface DisabledEndpoint extends KnownEndpoint {
  readonly disabled: DisabledCause;
  readonly enabledTimes: number;
}

export type KnownEndpoints = Map<WebhookEndpointId, KnownEndpoint>;

/** A fact about an endpoint, and whose it is. */
export interface EndpointChange {
  readonly tenantId: TenantId;
  readonly fact: WebhookFact;
}

const TYPES: ReadonlySet<string> = new Set<WebhookFact['type']>([
  'WebhookEndpointCreated',
  'WebhookEndpointChanged',
  'WebhookSecretRotated',
  'WebhookEndpointDisabled',
  'WebhookEndpointEnabled',
  'WebhookEndpointDeleted',
]);

export const isWebhookFact = (type: string): type is WebhookFact['type'] => TYPES.has(type);

/** Stands among the places once they are in the table. */
const READ = 'webhook-endpoints';

/** Endpoints as the log has them up to the place of whoever queues for them. */
@Injectable()
export class EndpointRows {
  constructor(
    private readonly pools: Pools,
    private readonly log: EventLog,
  ) {}

  /** Those of a place. On a database made anew, they are read from the log. */
  async upTo(position: bigint): Promise<KnownEndpoints> {
    if (!(await this.wereRead())) await this.readUpTo(position);
    return this.all();
  }

  /** Whoever queues for them does not know its place: which they are is read from the log once it does. */
  async forget(): Promise<void> {
    if (!(await this.wereRead())) return;
    await inTransaction(this.pools.owner, async (client) => {
      await client.query('DELETE FROM ops.webhook_endpoints');
      await client.query('DELETE FROM ops.reactors WHERE name = $1', [READ]);
    });
  }

  private async wereRead(): Promise<boolean> {
    const { rowCount } = await this.pools.projector.query('SELECT FROM ops.reactors WHERE name = $1', [READ]);
    return rowCount === 1;
  }

  private async readUpTo(position: bigint): Promise<void> {
    await inTransaction(this.pools.projector, async (client) => {
      if (position > 0n)
        for await (const logged of this.log.readAll({ filter: { typePrefixes: ['Webhook'] } })) {
          if (logged.position > position) break;
          if (!isWebhookFact(logged.type)) continue;
          const { fact, metadata } = decodeEvent<WebhookFact>(logged);
          await this.write(client, { tenantId: metadata.tenantId!, fact });
        }
      await client.query('INSERT INTO ops.reactors (name, position) VALUES ($1, $2)', [READ, position]);
    });
  }

  /** As it is after a fact. Told again, nothing changes but how often it was enabled. */
  async write(client: PoolClient, { tenantId, fact: { type, data } }: EndpointChange): Promise<void> {
    const { endpointId } = data;
    switch (type) {
      case 'WebhookEndpointCreated': {
        const { secretId, endpointId: _, ...terms } = data;
        await client.query(
          `INSERT INTO ops.webhook_endpoints (endpoint_id, tenant_id, definition, secret_id) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
          [endpointId, tenantId, JSON.stringify(terms), secretId],
        );
        return;
      }
      case 'WebhookEndpointChanged': {
        const { endpointId: _, ...terms } = data;
        await client.query('UPDATE ops.webhook_endpoints SET definition = $2 WHERE endpoint_id = $1', [
          endpointId,
          JSON.stringify(terms),
        ]);
        return;
      }
      case 'WebhookSecretRotated':
        await client.query(
          `UPDATE ops.webhook_endpoints SET previous_secret_id = secret_id, previous_until = $3, secret_id = $2
            WHERE endpoint_id = $1 AND secret_id <> $2`,
          [endpointId, data.secretId, data.previousUntil],
        );
        return;
      case 'WebhookEndpointDisabled':
        await client.query(
          'UPDATE ops.webhook_endpoints SET disabled = coalesce(disabled, $2) WHERE endpoint_id = $1',
          [endpointId, data.cause],
        );
        return;
      case 'WebhookEndpointEnabled':
        await client.query(
          `UPDATE ops.webhook_endpoints SET disabled = NULL, told = true, enabled_times = enabled_times + 1,
                  failures = 0, failing_since = NULL, open_until = NULL, probes = 0 WHERE endpoint_id = $1`,
          [endpointId],
        );
        await client.query(
          `UPDATE ops.webhook_deliveries SET due_at = now() WHERE endpoint_id = $1 AND status = 'pending' AND due_at IS NOT NULL`,
          [endpointId],
        );
        return;
      case 'WebhookEndpointDeleted':
        await client.query('DELETE FROM ops.webhook_endpoints WHERE endpoint_id = $1', [endpointId]);
        await client.query(
          `UPDATE ops.webhook_deliveries SET status = 'skipped', due_at = NULL, over_at = now()
            WHERE endpoint_id = $1 AND status = 'pending'`,
          [endpointId],
        );
        await client.query(
          `UPDATE ops.webhook_replays SET status = 'cancelled', over_at = now() WHERE endpoint_id = $1 AND status = 'running'`,
          [endpointId],
        );
    }
  }

  /** Disabled, and the log does not know it yet. */
  async untold(): Promise<readonly DisabledEndpoint[]> {
    const { rows } = await this.pools.projector.query<EndpointRow & { readonly disabled: DisabledCause }>(
      `SELECT * FROM ops.webhook_endpoints WHERE NOT told AND disabled IS NOT NULL LIMIT 100`,
    );
    return rows.map((row) => ({ ...knownEndpoint(row), disabled: row.disabled, enabledTimes: row.enabled_times }));
  }

  /** The log knows that it is disabled; not that it is once more, if somebody enabled it meanwhile. */
  async told({ endpointId, enabledTimes }: DisabledEndpoint): Promise<void> {
    await this.pools.projector.query(
      'UPDATE ops.webhook_endpoints SET told = true WHERE endpoint_id = $1 AND enabled_times = $2',
      [endpointId, enabledTimes],
    );
  }

  private async all(): Promise<KnownEndpoints> {
    const { rows } = await this.pools.projector.query<EndpointRow>('SELECT * FROM ops.webhook_endpoints');
    return new Map(rows.map((row) => [row.endpoint_id, knownEndpoint(row)]));
  }
}

/** As the table has it. */
export interface EndpointRow {
  readonly endpoint_id: WebhookEndpointId;
  readonly tenant_id: TenantId;
  readonly definition: WebhookTerms;
  readonly secret_id: WebhookSecretId;
  readonly previous_secret_id: WebhookSecretId | null;
  readonly previous_until: Instant | null;
  readonly enabled_times: number;
  readonly disabled: DisabledCause | null;
}

const knownEndpoint = ({ endpoint_id, tenant_id, definition, disabled }: EndpointRow): KnownEndpoint => ({
  endpointId: endpoint_id,
  tenantId: tenant_id,
  terms: definition,
  disabled,
});

/** What is known after a fact. */
export const endpointAfter = (endpoints: KnownEndpoints, { tenantId, fact: { type, data } }: EndpointChange): void => {
  const { endpointId } = data;
  if (type === 'WebhookEndpointCreated') {
    const { secretId: _, endpointId: __, ...terms } = data;
    endpoints.set(endpointId, { endpointId, tenantId, terms, disabled: null });
    return;
  }
  const known = endpoints.get(endpointId);
  if (known === undefined) return;
  if (type === 'WebhookEndpointDeleted') endpoints.delete(endpointId);
  if (type === 'WebhookEndpointEnabled') endpoints.set(endpointId, { ...known, disabled: null });
  if (type === 'WebhookEndpointDisabled') endpoints.set(endpointId, { ...known, disabled: data.cause });
  if (type === 'WebhookEndpointChanged') {
    const { endpointId: _, ...terms } = data;
    endpoints.set(endpointId, { ...known, terms });
  }
};
