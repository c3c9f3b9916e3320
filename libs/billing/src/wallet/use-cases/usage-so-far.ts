import type { AccountId, TenantId } from '#kernel';
import { localDateOf } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../account/account.state.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import type { DueFacts } from '../../invoice/due-service.js';
import { BillingFacts } from '../../invoice/use-cases/billing-facts.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';
import { usedUntil, type UsageSoFar } from '../unbilled-usage.js';

/** Measures what accounts have used by now: a handful of statements, however many accounts there are. */
@Injectable()
export class UsagesSoFar {
  constructor(
    private readonly facts: BillingFacts,
    private readonly terms: IssueTermsOf,
    private readonly time: AccountTime,
  ) {}

  /** Without accounts of which that cannot be told. */
  async of(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<ReadonlyMap<AccountId, UsageSoFar>> {
    const terms = await this.terms.ofTenant(tenantId);
    const orders = await Promise.all(
      accountIds.map(async (accountId) => {
        const until = await this.time.now(tenantId, accountId);
        const due = (account: Account, facts: Pick<DueFacts, 'catalog' | 'arrivals'>) =>
          usedUntil(account, until, facts);
        return { accountId, until, due };
      }),
    );
    const gathered = await this.facts.gather(tenantId, orders, terms);
    return new Map(
      orders.flatMap(({ accountId, until }) => {
        const facts = gathered.get(accountId)!;
        if ('failure' in facts) return [];
        const { usage, arrivals, tax, profile } = facts;
        const today = localDateOf(until, profile.timeZone);
        return [[accountId, { until, today, usage, arrivals, tax, catalog: terms.catalog }] as const];
      }),
    );
  }
}
