import type { AccountRecord, PersonalData, PersonalFields } from '#billing/account';
import type { TenantId } from '#kernel';
import { taxIdsIn } from '#billing/party';
import type { AddressDto, ContactDto, TaxIdDto } from '../parties/party.dto.js';

/** The party that owes. */
export class AccountResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "cust-42" */
  externalId!: string | null;
  /** Null once the person was erased. @example "Ada Lovelace Ltd" */
  name!: string | null;
  /** @example "billing@ada.example" */
  email!: string | null;
  /** @example { "line1": "1 Analytical Way", "city": "London", "postalCode": "N1 9GU", "country": "GB" } */
  billingAddress!: AddressDto | null;
  shippingAddress!: AddressDto | null;
  /** The first of `taxIds`. @example "GB193054661" */
  taxId!: string | null;
  /** @example [{ "type": "gb_vat", "value": "GB193054661" }] */
  taxIds!: TaxIdDto[] | null;
  contacts!: ContactDto[] | null;
  /** @example "PO-4711" */
  purchaseOrder!: string | null;
  /** As a Leitweg-ID (BT-10). @example "04011000-12345-03" */
  buyerReference!: string | null;
  /** Of its documents, as BCP 47 has it; null for that of the seller. @example "en-GB" */
  language!: string | null;
  /** @example false */
  taxExempt!: boolean;
  /** @example "USD" */
  currency!: string;
  /** @example "UTC" */
  timeZone!: string;
  /** @example 30 */
  netTermsDays!: number;
  /** Who sells to it. @example "ent_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  legalEntityId!: string;
  parentAccountId!: string | null;
  /** In no report. @example false */
  test!: boolean;
  /** The test clock that it lives by. */
  testClockId!: string | null;
  /** @example { "tier": "gold" } */
  metadata!: Record<string, string>;
  /** @example "open" */
  status!: 'open' | 'closed';
  /** @example "2026-01-31T09:30:00Z" */
  openedAt!: string;
  /** When its personal data was erased: all of it is null since, whatever time is asked for. */
  erasedAt!: string | null;
}

export const accountResource = (account: AccountRecord, personal: PersonalFields | null): AccountResource => {
  const field = <Value>(name: string): Value | null => (personal?.[name] as Value | undefined) ?? null;
  const taxIds = personal && [...taxIdsIn(personal)];
  return {
    id: account.accountId,
    externalId: field('externalId'),
    name: field('name'),
    email: field('email'),
    billingAddress: field('billingAddress'),
    shippingAddress: field('shippingAddress'),
    taxId: taxIds?.[0]?.value ?? null,
    taxIds,
    contacts: personal && (field<ContactDto[]>('contacts') ?? []),
    purchaseOrder: field('purchaseOrder'),
    buyerReference: field('buyerReference'),
    language: field('language'),
    taxExempt: account.taxStatus === 'exempt',
    currency: account.currency,
    timeZone: account.timeZone,
    netTermsDays: account.netTermsDays,
    legalEntityId: account.entityId,
    parentAccountId: account.parentAccountId,
    test: account.test,
    testClockId: account.testClockId,
    metadata: account.metadata,
    status: account.status,
    openedAt: account.openedAt,
    erasedAt: account.erasedAt,
  };
};

/** Opens the personal data of many accounts with one look-up of their keys. */
export const accountResources = async (
  personalData: PersonalData,
  tenantId: TenantId,
  accounts: readonly AccountRecord[],
): Promise<AccountResource[]> => {
  const opened = await personalData.open(
    tenantId,
    accounts.map(({ personal }) => personal),
  );
  return accounts.map((account, index) => accountResource(account, opened[index]!));
};
