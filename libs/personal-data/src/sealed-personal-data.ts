import { createHmac } from 'node:crypto';
import type { AccountId, BankAccountId, Json, TenantId } from '#kernel';
import { openBytes, sealBytes } from './master-key.js';
import { INDEX_KEY_ID, keyIdOf, type KeyPurpose, type PersonalKeys } from './personal-keys.js';

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

  /** Of an erased person, nothing is sealed: neither can it be opened for long, nor is it to be. */
  seal(
    tenantId: TenantId,
    owner: AccountId | BankAccountId,
    purpose: Exclude<KeyPurpose, 'erased'>,
    fields: PersonalFields,
  ): Sealed {
    return (
      this.sealed(tenantId, keyIdOf(owner, purpose), fields) ?? this.sealed(tenantId, keyIdOf(owner, 'erased'), {})!
    );
  }

  /** What issued documents keep of profiles, sealed with a key of their own. An erased profile leaves an empty bill-to. */
  forDocuments(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Sealed }[],
    fields: readonly string[],
  ): ReadonlyMap<AccountId, { readonly sealed: Sealed; readonly fields: PersonalFields }> {
    return new Map(
      profiles.map(({ accountId, personal }) => {
        const profile = this.opened(tenantId, personal) ?? {};
        const kept: PersonalFields = Object.fromEntries(
          fields.filter((field) => field in profile).map((field) => [field, profile[field]!] as const),
        );
        return [accountId, { sealed: this.seal(tenantId, accountId, 'documents', kept), fields: kept }];
      }),
    );
  }

  /** In the order given; null where the key was erased. */
  open(tenantId: TenantId, personals: readonly Sealed[]): (PersonalFields | null)[] {
    return personals.map((personal) => this.opened(tenantId, personal));
  }

  /** The same text gives the same hash in one tenant, and tells nobody else what it was. In hex. */
  blindIndex(tenantId: TenantId, text: string): string {
    return createHmac('sha256', this.keys.find(tenantId, INDEX_KEY_ID)!).update(text).digest('hex');
  }

  keyIdOf(accountId: AccountId, purpose: KeyPurpose): string {
    return keyIdOf(accountId, purpose);
  }

  /** Nothing that was sealed with these keys is ever opened again, by any process, from any copy. Done again, it changes nothing. */
  async erase(tenantId: TenantId, keyIds: readonly string[]): Promise<void> {
    await this.keys.erase(tenantId, keyIds);
  }

  private sealed(tenantId: TenantId, keyId: string, fields: PersonalFields): Sealed | undefined {
    const key = this.keys.find(tenantId, keyId);
    if (!key) return undefined;
    const { iv, sealed: bytes } = sealBytes(key, Buffer.from(JSON.stringify(fields)), keyId);
    return { keyId, iv: iv.toString('base64'), ciphertext: bytes.toString('base64') };
  }

  private opened(tenantId: TenantId, { keyId, iv, ciphertext }: Sealed): PersonalFields | null {
    const key = this.keys.find(tenantId, keyId);
    if (!key) return null;
    const plain = openBytes(key, Buffer.from(iv, 'base64'), Buffer.from(ciphertext, 'base64'), keyId);
    return JSON.parse(plain.toString()) as PersonalFields;
  }
}
