import { accountStream } from '#contracts';
import { Clock, localDateOf, type AccountId, type Instant, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Personal } from '../../domain/account/personal.js';
import { openProfile } from '../../domain/account/profile.decider.js';
import type { IssueTerms } from '../../domain/invoice/invoice.commands.js';
import { Accounts } from '../accounts.js';
import { Catalogs } from '../catalogs.js';
import { PersonalData } from '../ports/personal-data.js';
import { Tenants } from '../tenants.js';

/** The fields of a profile that an issued invoice keeps. */
const BILL_TO_FIELDS = ['name', 'email', 'billingAddress', 'taxId'];

/** Gathers what finalization needs to know beside the lines. */
@Injectable()
export class IssueTermsOf {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly tenants: Tenants,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** As of an instant: now, or when the timer that asks was due. */
  async gather(tenantId: TenantId, at: Instant = this.clock.now()): Promise<Omit<IssueTerms, 'billTo'>> {
    const { timeZone, seriesId } = await this.tenants.billingTerms(tenantId);
    return {
      catalog: await this.catalogs.ofTenant(tenantId),
      seriesId,
      timeZone,
      issueDate: localDateOf(at, timeZone),
      now: at,
    };
  }

  async billTo(tenantId: TenantId, accountId: AccountId): Promise<Personal> {
    const personal = await this.accounts.view(
      accountStream(tenantId, accountId),
      (account) => openProfile(account).personal,
    );
    return (await this.billTos(tenantId, [{ accountId, personal }])).get(accountId)!;
  }

  billTos(
    tenantId: TenantId,
    profiles: readonly { readonly accountId: AccountId; readonly personal: Personal }[],
  ): Promise<ReadonlyMap<AccountId, Personal>> {
    return this.personalData.forDocuments(tenantId, profiles, BILL_TO_FIELDS);
  }
}
