import type { AccountId, Json, TenantId } from '#kernel';
import type { Personal } from '../../domain/account/personal.js';

export type PersonalFields = { readonly [field: string]: Json };

/** The port to the keys that seal personal data. A key is durable before the event that needs it. */
export abstract class PersonalData {
  abstract seal(
    tenantId: TenantId,
    accountId: AccountId,
    purpose: 'profile' | 'documents',
    fields: PersonalFields,
  ): Promise<Personal>;

  /** The named fields of profiles, sealed anew for issued documents; one round of keys for all of them. */
  abstract forDocuments(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Personal }[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<AccountId, Personal>>;

  /** In the order given; null where the person was erased. */
  abstract open(tenantId: TenantId, personals: readonly Personal[]): Promise<(PersonalFields | null)[]>;

  /** A keyed hash, in hex: equal texts of a tenant have equal ones. */
  abstract blindIndex(tenantId: TenantId, text: string): Promise<string>;
}
