import { AGING_BUCKETS } from '#analytics';
import { Tenants, TenantTime } from '#billing/tenant';
import {
  isBefore,
  localDateOf,
  money,
  plus,
  refuseAt,
  rhythmFrom,
  startOfDay,
  sum,
  turningDay,
  type Instant,
  type LocalDate,
  type Money,
  type TenantId,
} from '#kernel';
import { ArAgingQuery, type AgedAccount } from '#projections/ar-aging';
import { TrialBalanceQuery } from '#projections/book';
import { InvoiceNumbersQuery } from '#projections/invoices';
import { MrrQuery } from '#projections/mrr';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { ledgerAccountResource } from '../book/book.resource.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { AnswersList, Refuses } from '../../pipeline/documented.js';
import { AccountNames } from '../accounts/account-names.js';
import { readModelCut } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { moneyResource } from '../../pipeline/money.dto.js';
import { momentOf } from './moments.js';
import { AtDateQueryDto, MrrMovementsQueryDto, MrrQueryDto } from './reports.dto.js';
import {
  mrrMovementResource,
  mrrResource,
  type AgingBucketsResource,
  ArAgingResource,
  MrrMovementResource,
  MrrCurrencyResource,
  TrialBalanceResource,
} from './reports.resource.js';
import { REPORTS } from './tag.js';

const POINTS_MAX = 1_000;
const MOVEMENTS_MAX = 10_000;

@ApiTags(REPORTS.name)
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly mrrQuery: MrrQuery,
    private readonly arAgingQuery: ArAgingQuery,
    private readonly numbers: InvoiceNumbersQuery,
    private readonly names: AccountNames,
    private readonly trialBalanceQuery: TrialBalanceQuery,
    private readonly tenants: Tenants,
    private readonly time: TenantTime,
  ) {}

  /** Monthly recurring revenue and how it moved, per currency. */
  @Get('mrr')
  @Operation('ReportMrr', 'reports.read')
  @Reads('mrr', 'accounts')
  @AnswersList(MrrCurrencyResource)
  @Refuses({ 400: ['invalid_as_of', 'too_many_points'] })
  async mrr(
    @Req() request: FastifyRequest,
    @Query() { from, to, interval, asOf }: MrrQueryDto,
  ): Promise<MrrCurrencyResource[]> {
    const { tenantId } = callerOf(request);
    const { timeZone } = await this.tenants.billingTerms(tenantId);
    const boundaries = boundariesOf(momentOf(from, timeZone), momentOf(to, timeZone), interval, timeZone);
    return mrrResource(await this.mrrQuery.points(tenantId, { boundaries, ...readModelCut(asOf) }));
  }

  /** What the movements of recurring revenue are made of: which subscription of whom, from which plan to which, by whom and why. */
  @Get('mrr/movements')
  @Operation('ReportMrrMovements', 'reports.read')
  @Reads('mrr', 'accounts', 'subscriptions')
  @AnswersList(MrrMovementResource)
  @Refuses({ 400: ['invalid_as_of', 'too_many_movements'], 404: ['account_not_found'] })
  async mrrMovements(
    @Req() request: FastifyRequest,
    @Query() { from, to, asOf, accountId, currency, kind }: MrrMovementsQueryDto,
  ): Promise<MrrMovementResource[]> {
    const { tenantId } = callerOf(request);
    const { timeZone } = await this.tenants.billingTerms(tenantId);
    const movements = await this.mrrQuery.movements(tenantId, {
      from: momentOf(from, timeZone),
      to: momentOf(to, timeZone),
      ...readModelCut(asOf),
      ...mapped('accountId', accountId),
      ...mapped('currency', currency),
      limit: MOVEMENTS_MAX + 1,
    });
    if (movements.length > MOVEMENTS_MAX)
      return refuseAt('/to', 'too_many_movements', `A report has at most ${MOVEMENTS_MAX} movements.`, 'invalid');
    const wanted = movements.filter((movement) => kind === undefined || kind.includes(movement.kind));
    const names = await this.names.of(
      tenantId,
      wanted.map((movement) => movement.accountId),
    );
    return wanted.map((movement) => mrrMovementResource(movement, names.get(movement.accountId) ?? null));
  }

  /** What is owed, by days past due, per currency, account and invoice; and the credit that no invoice has used, apart from it. */
  @Get('ar-aging')
  @Operation('ReportArAging', 'reports.read')
  @Reads('ar-aging', 'accounts', 'invoices')
  @AnswersList(ArAgingResource)
  @Refuses({ 400: ['invalid_as_of'] })
  async arAging(@Req() request: FastifyRequest, @Query() query: AtDateQueryDto): Promise<ArAgingResource[]> {
    const { tenantId } = callerOf(request);
    const aged = await this.arAgingQuery.accounts(tenantId, {
      at: await this.dayOf(tenantId, query.at),
      ...readModelCut(query.asOf),
    });
    const [names, numbers] = await Promise.all([
      this.names.of(
        tenantId,
        aged.map(({ accountId }) => accountId),
      ),
      this.numbers.of(
        tenantId,
        aged.flatMap(({ invoices }) => invoices.map(({ invoiceId }) => invoiceId)),
      ),
    ]);
    return [...Map.groupBy(aged, ({ currency }) => currency)].map(([currency, accounts]) => ({
      currency,
      ...agedTotals(accounts, currency),
      accounts: accounts.map((account) => ({
        accountId: account.accountId,
        name: names.get(account.accountId) ?? null,
        ...agedTotals([account], currency),
        invoices: account.invoices.map(({ invoiceId, dueOn, daysPastDue, bucket, amount }) => ({
          id: invoiceId,
          number: numbers.get(invoiceId) ?? null,
          dueOn,
          daysPastDue,
          bucket,
          amountDue: moneyResource(amount),
        })),
      })),
    }));
  }

  /** Both sides of every ledger account of the tenant, per currency. */
  @Get('trial-balance')
  @Operation('ReportTrialBalance', 'reports.read')
  @Reads('book', 'accounts')
  @AnswersList(TrialBalanceResource)
  @Refuses({ 400: ['invalid_as_of'] })
  async trialBalance(@Req() request: FastifyRequest, @Query() query: AtDateQueryDto): Promise<TrialBalanceResource[]> {
    const { tenantId } = callerOf(request);
    const bookedOn = await this.dayOf(tenantId, query.at);
    const totals = await this.trialBalanceQuery.totals(tenantId, { bookedOn, ...readModelCut(query.asOf) });
    return [...Map.groupBy(totals, ({ debits }) => debits.currency)].map(([currency, accounts]) => {
      const debits = sum(
        accounts.map((account) => account.debits),
        currency,
      );
      const credits = sum(
        accounts.map((account) => account.credits),
        currency,
      );
      return {
        currency,
        ledgerAccounts: accounts.map(ledgerAccountResource),
        totalDebits: moneyResource(debits),
        totalCredits: moneyResource(credits),
        balanced: debits.minor === credits.minor,
      };
    });
  }

  private async dayOf(tenantId: TenantId, day: LocalDate | undefined): Promise<LocalDate> {
    if (day !== undefined) return day;
    return localDateOf(await this.time.now(tenantId), (await this.tenants.billingTerms(tenantId)).timeZone);
  }
}

/** Where intervals turn, from the first day to the last; the last one may be cut short. */
const boundariesOf = (from: Instant, to: Instant, unit: MrrQueryDto['interval'], timeZone: string): Instant[] => {
  if (!isBefore(from, to)) return refuseAt('/to', 'invalid_request', '“to” lies behind “from”.', 'invalid');
  const rhythm = rhythmFrom(localDateOf(from, timeZone), { unit, count: 1 }, { align: 'subscription' });
  const boundaries = [from];
  for (let turn = 1; ; turn++) {
    const next = startOfDay(turningDay(rhythm, turn), timeZone);
    if (!isBefore(next, to)) return [...boundaries, to];
    if (turn > POINTS_MAX)
      return refuseAt('/interval', 'too_many_points', `A report has at most ${POINTS_MAX} points.`, 'invalid');
    boundaries.push(next);
  }
};

const agedTotals = (accounts: readonly AgedAccount[], currency: string) => {
  const buckets = AGING_BUCKETS.map(({ name }): [string, Money] => [
    name,
    sum(
      accounts.map((account) => account.buckets[name]),
      currency,
    ),
  ]);
  const total = buckets.reduce((whole, [, amount]) => plus(whole, amount), money(0n, currency));
  const told = Object.fromEntries(buckets.map(([name, amount]) => [name, moneyResource(amount)]));
  const credit = sum(
    accounts.map(({ unappliedCredit }) => unappliedCredit),
    currency,
  );
  return {
    buckets: told as unknown as AgingBucketsResource,
    total: moneyResource(total),
    unappliedCredit: moneyResource(credit),
  };
};
