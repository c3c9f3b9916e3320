import type { EventMetadata, Fact, TenantFact } from '#contracts';
import { projection, table } from '#projection';

export const tenants = table({
  name: 'tenants',
  columns: {
    tenant_id: 'text',
    name: 'text',
    test_clock_id: 'text?',
    usage_shards: 'integer',
    policy: 'jsonb?',
    suspended: 'boolean',
    created_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id'],
});

/** Credentials by hash. Before the tenant is known, a session sees exactly the key whose hash it presents. */
export const apiKeys = table({
  name: 'api_keys',
  columns: {
    tenant_id: 'text',
    key_id: 'text',
    name: 'text',
    key_hash: 'text',
    scopes: 'jsonb',
    revoked: 'boolean',
    expires_at: 'timestamptz?',
    requests_per_hour: 'integer?',
    issued_by: 'text?',
    replaces: 'text?',
    replaced_by: 'text?',
    issued_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'key_id'],
  indexes: ['key_hash'],
  alsoVisible: `key_hash = current_setting('app.key_hash', true)`,
});

/** Timers that somebody decided against, by the one that it was then. */
export const skippedTimers = table({
  name: 'skipped_timers',
  columns: { tenant_id: 'text', owner: 'text', timer_key: 'text', generation: 'bigint' },
  key: ['tenant_id', 'owner', 'timer_key'],
});

const timerKey = ({ owner, timerKey: key }: Fact<'TimerSkipped'>['data'], { tenantId }: EventMetadata) => ({
  tenant_id: tenantId!,
  owner,
  timer_key: key,
});

export const tenantsProjection = projection<TenantFact>({
  name: 'tenants',
  version: 7,
  tables: [tenants, apiKeys, skippedTimers],
  on: {
    TenantCreated: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(tenants, {
        tenant_id: data.tenantId,
        name: data.name,
        test_clock_id: data.test?.clockId ?? null,
        usage_shards: data.usageShards,
        policy: null,
        suspended: false,
        created_at: metadata.recordedAt,
        position,
      }),
    TenantSettingsChanged: ({ fact: { data }, metadata }, rows) =>
      rows.patch(tenants, { tenant_id: metadata.tenantId! }, { name: data.name }),
    TenantSuspended: ({ metadata }, rows) =>
      rows.patch(tenants, { tenant_id: metadata.tenantId! }, { suspended: true }),
    TenantReinstated: ({ metadata }, rows) =>
      rows.patch(tenants, { tenant_id: metadata.tenantId! }, { suspended: false }),
    BillingPolicySet: ({ fact: { data }, metadata }, rows) =>
      rows.patch(tenants, { tenant_id: metadata.tenantId! }, { policy: data }),
    ApiKeyIssued: ({ fact: { data }, metadata, position }, rows) => {
      rows.put(apiKeys, {
        tenant_id: metadata.tenantId!,
        key_id: data.keyId,
        name: data.name,
        key_hash: data.hash,
        scopes: data.scopes,
        revoked: false,
        expires_at: data.expiresAt ?? null,
        requests_per_hour: data.requestsPerHour ?? null,
        issued_by: data.issuedBy ?? null,
        replaces: data.replaces?.keyId ?? null,
        replaced_by: null,
        issued_at: metadata.recordedAt,
        position,
      });
      if (!data.replaces) return;
      const { keyId, until } = data.replaces;
      const replaced = { tenant_id: metadata.tenantId!, key_id: keyId };
      rows.patch(apiKeys, replaced, { expires_at: until, replaced_by: data.keyId });
    },
    ApiKeyRevoked: ({ fact: { data }, metadata }, rows) => {
      for (const keyId of [data.keyId, ...(data.heirs ?? [])])
        rows.patch(apiKeys, { tenant_id: metadata.tenantId!, key_id: keyId }, { revoked: true });
    },
    TimerSkipped: ({ fact: { data }, metadata }, rows) =>
      rows.put(skippedTimers, { ...timerKey(data, metadata), generation: BigInt(data.generation) }),
    TimerReleased: ({ fact: { data }, metadata }, rows) => rows.remove(skippedTimers, timerKey(data, metadata)),
  },
});
