import type { Month } from '../revenue-schedule.js';
import { accountStream } from '#contracts';
import { allEnded, derivedId, derivedUuid, DomainError, EventLog, type AccountId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Account } from '../../account/account.state.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { ReadModels } from '../../billing-run/ports/read-models.js';
import type { DueFacts } from '../../invoice/due-service.js';
import { StaleFacts } from '../../invoice/stale-facts.js';
import { BillingFacts } from '../../invoice/use-cases/billing-facts.js';
import { CONTENTION, failureOf, type Failure } from '../../invoice/use-cases/failure.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';
import { othersFirst } from '../../invoice/use-cases/others-first.js';
import type { RevenueCommand } from '../revenue.commands.js';
import { servedUnbilled } from '../unbilled-services.js';

type RecognizeRevenue = Extract<RevenueCommand, { type: 'RecognizeRevenue' }>;

const CONCURRENCY = 32;
const ATTEMPTS_MAX = 5;
const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;

export interface MonthToBook {
  readonly accountId: AccountId;
  readonly month: Month;
}

/** What came of it: booked, there was nothing to do, or why not. */
export interface BookedMonth extends MonthToBook {
  readonly failure?: Failure;
}

/** Books months of many accounts of a tenant: what can be gathered for all is gathered once. Each is a command of its own, the same one in every attempt. */
@Injectable()
export class RecognizeRevenues {
  constructor(
    private readonly accounts: Accounts,
    private readonly facts: BillingFacts,
    private readonly terms: IssueTermsOf,
    private readonly time: AccountTime,
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** One result for each. What one account refuses keeps none of the others from it. @throws EventLogUnavailable | AppendOutcomeUnknown */
  async book(tenantId: TenantId, months: readonly MonthToBook[]): Promise<BookedMonth[]> {
    const results: BookedMonth[] = [];
    let open = months;
    for (let attempt = 1; open.length > 0; attempt++) {
      const attempted = await this.attempt(tenantId, open);
      results.push(...attempted.filter((result) => result !== 'stale'));
      open = open.filter((_, index) => attempted[index] === 'stale');
      if (attempt < ATTEMPTS_MAX) continue;
      return [...results, ...open.map((one) => ({ ...one, failure: CONTENTION }))];
    }
    return results;
  }

  private async attempt(tenantId: TenantId, months: readonly MonthToBook[]): Promise<(BookedMonth | 'stale')[]> {
    await this.readModels.waitFor(['usage', 'agenda'], await this.log.head(), READ_MODEL_PATIENCE_MILLISECONDS);
    const terms = await this.terms.ofTenant(tenantId);
    const orders = months.map(({ accountId, month }) => ({
      accountId,
      due: (account: Account, facts: Pick<DueFacts, 'catalog' | 'arrivals'>) => servedUnbilled(account, month, facts),
    }));
    const gathered = await this.facts.gather(tenantId, orders, terms);
    const limit = pLimit(CONCURRENCY);
    return allEnded(
      months.map((one) =>
        limit(async () => {
          const facts = gathered.get(one.accountId)!;
          if ('failure' in facts) return { ...one, failure: facts.failure };
          const { usage, arrivals, tax } = facts;
          await othersFirst();
          return this.bookOne(tenantId, one, { usage, arrivals, tax, catalog: terms.catalog });
        }),
      ),
    );
  }

  private async bookOne(
    tenantId: TenantId,
    one: MonthToBook,
    facts: Pick<RecognizeRevenue, 'usage' | 'arrivals' | 'tax' | 'catalog'>,
  ): Promise<BookedMonth | 'stale'> {
    const { accountId, month } = one;
    const commandId = derivedUuid('recognize-revenue', accountId, month);
    const envelope = {
      tenantId,
      accountId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: 'recognize-revenue' },
      correlationId: commandId,
    } as const;
    try {
      const { bookedOn: today } = await this.time.booking(envelope, accountId);
      const recognitionId = derivedId('rcg', accountId, month);
      const command = { type: 'RecognizeRevenue', recognitionId, month, today, ...facts } as const;
      await this.accounts.execute(accountStream(tenantId, accountId), envelope, command, () => null);
      return one;
    } catch (error) {
      if (error instanceof StaleFacts) return 'stale';
      if (!(error instanceof DomainError)) throw error;
      return { ...one, failure: failureOf(error) };
    }
  }
}
