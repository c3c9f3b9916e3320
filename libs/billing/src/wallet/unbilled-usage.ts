import { derivedId, type Instant, type LocalDate, type WalletId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { DueFacts } from '../invoice/due-service.js';
import type { Due } from '../invoice/due-services.js';
import { taxedInvoice } from '../invoice/invoice-tax.js';
import { linesOf } from '../invoice/lines.js';
import { servedUntil } from '../revenue/unbilled-services.js';
import { estimatedTax, type TaxTerms } from '../tax/tax-terms.js';
import type { Arrival, MeasuredUsage } from '../usage/measurement.js';
import type { Wallet } from './wallet.js';

/** What was measured of an account until an instant. */
export interface UsageSoFar {
  readonly until: Instant;
  /** On which it would be invoiced. */
  readonly today: LocalDate;
  readonly usage: MeasuredUsage;
  readonly arrivals: readonly Arrival[];
  readonly catalog: Catalog;
  readonly tax: TaxTerms;
}

/** What is used until an instant and not invoiced. Fees are none of it. */
export const usedUntil = (account: Account, until: Instant, facts: Pick<DueFacts, 'catalog' | 'arrivals'>): Due => {
  const { services, more } = servedUntil(account, until, facts);
  return { services: services.filter(({ charge }) => charge.kind === 'usage'), more };
};

/**
 * What usage so far would cost with its tax, in minor units: of each wallet, as far as that is in its scope.
 * @throws DomainError `tax_rate_missing`
 * @throws StaleFacts where the account changed since it was measured
 */
export const unbilledUsage = (
  { until, today, usage, catalog, arrivals, tax }: UsageSoFar,
  account: Account,
): ((wallet: Wallet) => bigint) => {
  const { services } = usedUntil(account, until, { catalog, arrivals });
  const invoiceId = derivedId('inv', account.profile!.accountId, 'unbilled');
  const lines = linesOf(services, usage, invoiceId, account);
  const { gross } = taxedInvoice(lines, { tax: estimatedTax(tax), issueDate: today }, account);
  return ({ scope: { plans, charges } }) => {
    const minor = lines.reduce((sum, { plan, charge }, index) => {
      const isInside = (plans?.includes(plan) ?? true) && (charges?.includes(charge) ?? true);
      return isInside ? sum + gross[index]! : sum;
    }, 0n);
    return minor > 0n ? minor : 0n;
  };
};

/** Wallets that are recharged by what is left once usage so far is billed. */
export const looksAtUsage = ({ recharge, closedOn }: Wallet): boolean =>
  closedOn === null && recharge?.counts === 'ongoing_balance';

/** By wallet, in minor units. */
export type Unbilled = ReadonlyMap<WalletId, bigint>;

/** Of wallets that look at it alone. */
export const unbilledOf = (account: Account, measured: UsageSoFar): Unbilled => {
  const cost = unbilledUsage(measured, account);
  return new Map([...account.wallets.values()].filter(looksAtUsage).map((wallet) => [wallet.id, cost(wallet)]));
};
