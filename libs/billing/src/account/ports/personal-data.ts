import type { Personal } from '#contracts';
import type { AccountId, BankAccountId, Json, TenantId } from '#kernel';

export type PersonalFields = { readonly [field: string]: Json };

/** What a document keeps of a profile: sealed anew, and as it is for who makes the document. Nothing of an erased one. */
export interface DocumentCopy {
  readonly sealed: Personal;
  readonly fields: PersonalFields;
}

/** One key for each: a profile can be erased while issued documents are kept as the law wants. */
export type PersonalPurpose = 'profile' | 'documents';

/** The port to the keys that seal personal data. A key is durable before the event that needs it. */
export abstract class PersonalData {
  /** Once the key was erased, nothing is sealed: what is decided on it must refuse or say nothing of the person. */
  abstract seal(
    tenantId: TenantId,
    owner: AccountId | BankAccountId,
    purpose: PersonalPurpose,
    fields: PersonalFields,
  ): Promise<Personal>;

  /** The named fields of profiles, sealed anew for issued documents; one round of keys for all of them. */
  abstract forDocuments(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Personal }[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<AccountId, DocumentCopy>>;

  /** In the order given; null where the person was erased. */
  abstract open(tenantId: TenantId, personals: readonly Personal[]): Promise<(PersonalFields | null)[]>;

  /** A keyed hash, in hex: equal texts of a tenant have equal ones. */
  abstract blindIndex(tenantId: TenantId, text: string): Promise<string>;

  abstract keyIdOf(accountId: AccountId, purpose: PersonalPurpose): string;

  /** Destroys keys, for good and for every process. Done again, it changes nothing. */
  abstract erase(tenantId: TenantId, keyIds: readonly string[]): Promise<void>;
}
