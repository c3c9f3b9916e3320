import type { BillingPolicy, UsageShards } from '#contracts';
import type { ApiKeyRecord, ApiKeyScope, TenantRecord } from '#billing/tenant';
import type { ApiKeyId, Instant, TenantId, TestClockId } from '#kernel';
import {
  page,
  selectFrom,
  type Orders,
  type Page,
  type PageRequest,
  type Pool,
  type TenantTransactions,
} from '#postgres';
import { recordsOf, type Row } from '#projection';
import { apiKeys, type tenants } from './tenants.projection.js';

export interface KnownApiKey {
  readonly keyId: ApiKeyId;
  readonly hash: string;
  readonly tenantId: TenantId;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Instant | null;
  /** Null: as many as the installation allows. */
  readonly requestsPerHour: number | null;
}

const KEY_ORDERS: Orders = {
  issuedAt: { by: 't.issued_at', type: 'timestamptz' },
  name: { by: 't.name COLLATE "C"', type: 'text' },
  expiresAt: { by: "coalesce(t.expires_at, 'infinity')", type: 'timestamptz' },
};

/** The name of an API key, for a row `t` that tells its id. */
export const apiKeyName = (keyId: string): string =>
  `(SELECT k.name FROM read.api_keys AS k WHERE k.tenant_id = t.tenant_id AND k.key_id = ${keyId})`;

export class TenantsQuery {
  constructor(
    private readonly database: TenantTransactions,
    private readonly pool: Pool,
  ) {}

  /** Row-level security lets a session see exactly the key whose hash it presents: whoever has the key has the hash. */
  async keyByHash(hash: string): Promise<KnownApiKey | undefined> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const [, , { rows }] = await Promise.all([
        client.query('BEGIN READ ONLY'),
        client.query("SELECT set_config('app.key_hash', $1, true)", [hash]),
        client.query<Row<typeof apiKeys>>('SELECT * FROM read.api_keys WHERE key_hash = $1 AND NOT revoked', [hash]),
        client.query('COMMIT'),
      ]);
      const [row] = rows;
      return (
        row && {
          keyId: row.key_id as ApiKeyId,
          tenantId: row.tenant_id as TenantId,
          hash: row.key_hash,
          ...limitsOf(row),
        }
      );
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async keys(tenantId: TenantId, request: PageRequest): Promise<Page<ApiKeyRecord>> {
    const query = selectFrom('api_keys').where('true');
    const { rows, ...cursors } = await page<Row<typeof apiKeys>>(
      this.database,
      tenantId,
      query,
      'position',
      request,
      KEY_ORDERS,
    );
    return {
      rows: rows.map(apiKeyOf),
      ...cursors,
    };
  }

  async key(tenantId: TenantId, keyId: ApiKeyId): Promise<ApiKeyRecord | undefined> {
    const [row] = await this.database.rows<Row<typeof apiKeys>>(
      tenantId,
      'SELECT * FROM read.api_keys WHERE tenant_id = $1 AND key_id = $2',
      [tenantId, keyId],
    );
    return row && apiKeyOf(row);
  }

  /** The most that a key of the tenant may send in an hour, where those without a limit of their own may send `unlimited`. */
  async requestsPerHour(tenantId: TenantId, unlimited: number): Promise<number> {
    const [row] = await this.database.rows<{ most: number | null }>(
      tenantId,
      // Where every key is revoked, the last limit stays: a token is no way around it.
      `SELECT coalesce(
         max(coalesce(requests_per_hour, $2::integer)) FILTER (WHERE NOT revoked),
         max(coalesce(requests_per_hour, $2::integer))) AS most
       FROM read.api_keys WHERE tenant_id = $1`,
      [tenantId, unlimited],
    );
    return row?.most ?? unlimited;
  }

  async tenant(tenantId: TenantId): Promise<TenantRecord | undefined> {
    const [row] = await this.database.rows<Row<typeof tenants>>(
      tenantId,
      'SELECT * FROM read.tenants WHERE tenant_id = $1',
      [tenantId],
    );
    return row && tenantOf(row);
  }

  async policy(tenantId: TenantId): Promise<BillingPolicy | undefined> {
    const [row] = await this.database.rows<{ policy: BillingPolicy }>(
      tenantId,
      'SELECT policy FROM read.tenants WHERE tenant_id = $1',
      [tenantId],
    );
    return row?.policy;
  }
}

const limitsOf = (row: Row<typeof apiKeys>) => ({
  scopes: row.scopes as ApiKeyScope[],
  expiresAt: row.expires_at as Instant | null,
  requestsPerHour: row.requests_per_hour,
});

const apiKeyOf = recordsOf(apiKeys, 'key_hash', 'issued_at').as<ApiKeyRecord>();

export const tenantOf = (row: Row<typeof tenants>): TenantRecord => ({
  tenantId: row.tenant_id as TenantId,
  name: row.name,
  mode: row.test_clock_id === null ? 'live' : 'test',
  testClockId: row.test_clock_id as TestClockId | null,
  usageShards: row.usage_shards as UsageShards,
  suspended: row.suspended,
});
