import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { AccountId, BankAccountId, TenantId } from '#kernel';
import { inTransaction, type Pool } from '#postgres';
import { LRUCache } from 'lru-cache';
import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';

/**
 * One key per purpose and account, so that a profile can be erased while issued documents are kept as the law wants. What is said
 * of an erased person is sealed as `erased`: nothing.
 */
export type KeyPurpose = 'profile' | 'documents' | 'erased';

export const keyIdOf = (owner: AccountId | BankAccountId, purpose: KeyPurpose): string => `${owner}.${purpose}`;

export const accountOfKey = (keyId: string): AccountId => keyId.split('.')[0] as AccountId;

/** Of the tenant, for blind indexes. */
export const INDEX_KEY_ID = 'index';

/** Of the tenant, for finding accounts by what is said of people. */
export const SEARCH_KEY_ID = 'search';

/** The data keys of one installation: each follows from master key and key ring, none is stored. */
export class PersonalKeys {
  /** Prepared once: to make a key of bytes takes Node longer than to seal or hash with it. */
  private readonly cache = new LRUCache<string, KeyObject>({ max: 50_000 });
  private cachedVersion = -1n;
  private readonly salt: Buffer;

  constructor(
    private readonly ring: KeyRing,
    master: MasterKey,
    private readonly pool: Pool,
  ) {
    this.salt = master.derive('personal-data', '');
  }

  /** Undefined once it was erased. Of another tenant, it is another key. */
  find(tenantId: TenantId, keyId: string): KeyObject | undefined {
    this.forgetWhatWasErased();
    const name = `${tenantId} ${keyId}`;
    const known = this.cache.get(name);
    if (known) return known;
    const secret = this.ring.secretOf(name);
    if (!secret) return undefined;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, this.salt, name, 32)));
    this.cache.set(name, key);
    return key;
  }

  /** For good and for every process, whatever else is kept of the installation. */
  async erase(tenantId: TenantId, keyIds: readonly string[]): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      // Processes share the ring as they share the database: one at a time writes it.
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('recount-key-ring'))`);
      for (const keyId of keyIds) this.ring.forget(`${tenantId} ${keyId}`);
    });
  }

  private forgetWhatWasErased(): void {
    const { version } = this.ring;
    if (version === this.cachedVersion) return;
    this.cache.clear();
    this.cachedVersion = version;
  }
}
