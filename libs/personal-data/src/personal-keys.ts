import { randomBytes } from 'node:crypto';
import { derivedUuid, type AccountId, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { LRUCache } from 'lru-cache';
import type { MasterKey } from './master-key.js';

/** One key per purpose and account, so that a profile can be erased while issued documents are kept as the law wants. */
export type KeyPurpose = 'profile' | 'documents' | 'index';

export const keyIdOf = (tenantId: TenantId, accountId: AccountId | null, purpose: KeyPurpose): string =>
  derivedUuid('personal-key', tenantId, accountId ?? '', purpose);

/** The data keys of one database. A key is durable before anything is sealed with it. */
export class PersonalKeys {
  private readonly cache = new LRUCache<string, Buffer>({ max: 50_000, ttl: 60_000 });

  constructor(
    private readonly database: TenantTransactions,
    private readonly master: MasterKey,
  ) {}

  /** The keys of accounts, made where they are missing: one statement for all. */
  async obtain(
    tenantId: TenantId,
    accounts: readonly (AccountId | null)[],
    purpose: KeyPurpose,
  ): Promise<ReadonlyMap<string, Buffer>> {
    const wanted = new Map(accounts.map((accountId) => [keyIdOf(tenantId, accountId, purpose), accountId]));
    const known = await this.find(tenantId, [...wanted.keys()]);
    const missing = [...wanted].filter(([keyId]) => !known.has(keyId));
    if (missing.length === 0) return known;
    await this.database.writeDurably(tenantId, {
      text: `INSERT INTO ops.personal_keys (tenant_id, key_id, account_id, purpose, wrapped_key)
       SELECT $1, key_id, account_id, $4, wrapped_key FROM unnest($2::text[], $3::text[], $5::bytea[]) AS v(key_id, account_id, wrapped_key)
       ON CONFLICT DO NOTHING`,
      values: [
        tenantId,
        missing.map(([keyId]) => keyId),
        missing.map(([, accountId]) => accountId),
        purpose,
        missing.map(([keyId]) => this.master.wrap(randomBytes(32), keyId)),
      ],
    });
    return this.find(tenantId, [...wanted.keys()]);
  }

  /** The keys that there are; an erased one is missing from the answer. */
  async find(tenantId: TenantId, keyIds: readonly string[]): Promise<Map<string, Buffer>> {
    const found = new Map<string, Buffer>();
    const unknown = new Set<string>();
    for (const keyId of keyIds) {
      const key = this.cache.get(cacheKey(tenantId, keyId));
      if (key) found.set(keyId, key);
      else unknown.add(keyId);
    }
    if (unknown.size === 0) return found;
    const rows = await this.database.rows<{ key_id: string; wrapped_key: Buffer }>(
      tenantId,
      'SELECT key_id, wrapped_key FROM ops.personal_keys WHERE tenant_id = $1 AND key_id = ANY($2)',
      [tenantId, [...unknown]],
    );
    for (const { key_id: keyId, wrapped_key: wrapped } of rows) {
      const key = this.master.unwrap(wrapped, keyId);
      this.cache.set(cacheKey(tenantId, keyId), key);
      found.set(keyId, key);
    }
    return found;
  }
}

/** What the database would not give a tenant, memory does not give it either. */
const cacheKey = (tenantId: TenantId, keyId: string): string => `${tenantId} ${keyId}`;
