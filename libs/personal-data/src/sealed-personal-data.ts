import { createHmac } from 'node:crypto';
import type { AccountId, Json, TenantId } from '#kernel';
import { openBytes, sealBytes } from './master-key.js';
import { keyIdOf, type KeyPurpose, type PersonalKeys } from './personal-keys.js';

/** Personal data as it travels; binary parts in base64. */
export interface Sealed {
  readonly keyId: string;
  readonly iv: string;
  readonly ciphertext: string;
}

export type PersonalFields = { readonly [field: string]: Json };

/** Seals and opens personal data with the keys of its account. */
export class SealedPersonalData {
  constructor(private readonly keys: PersonalKeys) {}

  async seal(
    tenantId: TenantId,
    accountId: AccountId,
    purpose: Exclude<KeyPurpose, 'index'>,
    fields: PersonalFields,
  ): Promise<Sealed> {
    const keys = await this.keys.obtain(tenantId, [accountId], purpose);
    return sealed(keys, keyIdOf(tenantId, accountId, purpose), fields);
  }

  /** What issued documents keep of profiles, sealed with a key of their own. An erased profile leaves an empty bill-to. */
  async forDocuments(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Sealed }[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<AccountId, Sealed>> {
    const opened = await this.open(
      tenantId,
      profiles.map(({ personal }) => personal),
    );
    const keys = await this.keys.obtain(
      tenantId,
      profiles.map(({ accountId }) => accountId),
      'documents',
    );
    return new Map(
      profiles.map(({ accountId }, index) => {
        const profile = opened[index] ?? {};
        const kept = Object.fromEntries(
          fields.filter((field) => field in profile).map((field) => [field, profile[field]!]),
        );
        return [accountId, sealed(keys, keyIdOf(tenantId, accountId, 'documents'), kept)];
      }),
    );
  }

  /** In the order given; null where the key was erased. */
  async open(tenantId: TenantId, personals: readonly Sealed[]): Promise<(PersonalFields | null)[]> {
    const keys = await this.keys.find(
      tenantId,
      personals.map(({ keyId }) => keyId),
    );
    return personals.map(({ keyId, iv, ciphertext }) => {
      const key = keys.get(keyId);
      if (!key) return null;
      const plain = openBytes(key, Buffer.from(iv, 'base64'), Buffer.from(ciphertext, 'base64'), keyId);
      return JSON.parse(plain.toString()) as PersonalFields;
    });
  }

  /** The same text gives the same hash in one tenant, and tells nobody else what it was. In hex. */
  async blindIndex(tenantId: TenantId, text: string): Promise<string> {
    const keys = await this.keys.obtain(tenantId, [null], 'index');
    return createHmac('sha256', keys.get(keyIdOf(tenantId, null, 'index'))!)
      .update(text)
      .digest('hex');
  }
}

const sealed = (keys: ReadonlyMap<string, Buffer>, keyId: string, fields: PersonalFields): Sealed => {
  const { iv, sealed: bytes } = sealBytes(keys.get(keyId)!, Buffer.from(JSON.stringify(fields)), keyId);
  return { keyId, iv: iv.toString('base64'), ciphertext: bytes.toString('base64') };
};
