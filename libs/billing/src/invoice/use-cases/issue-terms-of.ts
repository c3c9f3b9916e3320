import { accountStream, type Personal, type TaxSettings } from '#contracts';
import { localDateOf, timeZones, type AccountId, type Instant, type TenantId } from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { Profile } from '../../account/account.state.js';
import { openProfile } from '../../account/profile.decider.js';
import type { Catalog } from '../../catalog/catalog.decider.js';
import type { IssueTerms } from '../invoice.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { PersonalData, type DocumentCopy, type PersonalFields } from '../../account/ports/personal-data.js';
import { buyerIn } from '../../party/party.js';
import { buyerOf } from '../../tax/buyer.js';
import { issuerOf, Tenants, type BillingTerms } from '../../tenant/use-cases/tenants.js';

/** The fields of a profile that an issued invoice keeps: what documents show, and no contacts, who are written to and named nowhere. */
const BILL_TO_FIELDS = [
  'name',
  'email',
  'billingAddress',
  'shippingAddress',
  'taxId',
  'taxIds',
  'taxExemptions',
  'taxIdChecks',
  'purchaseOrder',
  'buyerReference',
  'language',
];

/** Gathers what finalization needs to know beside the lines. */
@Injectable()
export class IssueTermsOf {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly tenants: Tenants,
    private readonly personalData: PersonalData,
    private readonly time: AccountTime,
  ) {}

  async ofTenant(tenantId: TenantId): Promise<TenantTerms> {
    const [terms, catalog] = await Promise.all([this.tenants.billingTerms(tenantId), this.catalogs.ofTenant(tenantId)]);
    return { ...terms, catalog };
  }

  async ofAccount(envelope: Envelope, accountId: AccountId): Promise<IssueTerms> {
    const { tenantId } = envelope;
    const profile = await this.accounts.view(accountStream(tenantId, accountId), openProfile);
    const { personal } = profile;
    const [terms, billTos, now] = await Promise.all([
      this.ofTenant(tenantId),
      this.billTos(tenantId, [{ accountId, personal }]),
      this.time.of(envelope, accountId),
    ]);
    return { ...issueTerms(terms, profile, now), ...billedTo(billTos.get(accountId)!, terms) };
  }

  billTos(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Personal }[],
  ): Promise<ReadonlyMap<AccountId, DocumentCopy>> {
    return this.personalData.forDocuments(tenantId, profiles, BILL_TO_FIELDS);
  }
}

/** What the accounts of a tenant have in common. */
export type TenantTerms = BillingTerms & { readonly catalog: Catalog };

/** What a document says of its buyer, and what is taxed there. */
export const billedTo = (
  { sealed, fields }: DocumentCopy,
  { taxSettings: settings, taxRates: rates }: Pick<BillingTerms, 'taxSettings' | 'taxRates'>,
): Pick<IssueTerms, 'billTo' | 'tax'> => ({
  billTo: sealed,
  tax: { settings, rates, buyer: buyerOf(fields), ...addressOf(settings, fields) },
});

/** For a service elsewhere, which may have to know more than the country. */
const addressOf = ({ provider }: TaxSettings, fields: PersonalFields): Pick<IssueTerms['tax'], 'address'> => {
  const { address } = buyerIn(fields);
  return provider !== 'http' || address === undefined ? {} : { address };
};

/** As of an instant: now, or when the timer that asks was due. */
export const issueTerms = (
  terms: TenantTerms,
  { entityId, test }: Pick<Profile, 'entityId' | 'test'>,
  now: Instant,
): Omit<IssueTerms, 'billTo' | 'tax'> => {
  const { timeZone, seriesId, testSeriesId, seller, ...issuer } = issuerOf(terms, entityId);
  return {
    catalog: terms.catalog,
    entityId,
    seriesId: test === true ? testSeriesId : seriesId,
    creditNoteSeriesId: test === true ? issuer.testCreditNoteSeriesId : issuer.creditNoteSeriesId,
    timeZone,
    issueDate: localDateOf(now, timeZone),
    seller,
    now,
    timeZoneRelease: timeZones().release,
  };
};
