import {
  agreedCharge,
  billedKey,
  chargeOf,
  lineFor,
  measure,
  planVersion,
  usageDemands,
  type Account,
  type AccountEvent,
  type Catalog,
  type DueService,
  type InvoiceLine,
  type MeasuredUsage,
} from '#billing';
import type { Stored } from '#contracts';
import type { AccountId } from '#kernel';
import { isRaterVersion, RATER_VERSION } from '#rating';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';

/** Rates every stored line once more, on the state that it was decided on and the readings up to its cut. */
export const lineWitness = (accountId: AccountId, catalog: Catalog, usage: UsageFold) => {
  const differences: Difference[] = [];
  const witness = (event: Stored<AccountEvent>, before: Account): void => {
    if (event.fact.type !== 'InvoiceLinesAdded') return;
    const { invoiceId, lines } = event.fact.data;
    for (const stored of lines) {
      const due = dueServiceOf(stored, before, catalog);
      const line = lineFor(due, measuredUpTo(stored, due, before, catalog, usage), invoiceId);
      const found = differencesBetween(accountId, `lines ${stored.lineId}`, line, stored);
      differences.push(
        ...found.map((difference) => ({ ...difference, event: { stream: event.stream, revision: event.revision } })),
      );
    }
  };
  return { witness, differences };
};

const dueServiceOf = (line: InvoiceLine, account: Account, catalog: Catalog): DueService => {
  const subscription = account.subscriptions.get(line.subscriptionId)!;
  const plan = planVersion(catalog, line.plan, line.planVersion);
  const charge = chargeOf(plan, line.charge);
  const key = billedKey(subscription.id, charge.key, line.service.start);
  const { period, service } = line;
  return {
    key,
    subscription,
    plan,
    ...agreedCharge(charge, subscription.terms),
    period,
    service,
    billed: account.billed.get(key),
    // What no rater has made is looked at with today's, and differs by its version.
    raterVersion: isRaterVersion(line.raterVersion) ? line.raterVersion : RATER_VERSION,
  };
};

const measuredUpTo = (
  { inputs }: InvoiceLine,
  due: DueService,
  account: Account,
  catalog: Catalog,
  usage: UsageFold,
): MeasuredUsage => {
  const cut = inputs?.cut ?? -1;
  const [demand] = usageDemands([due], account, catalog);
  if (!demand) return { stream: '', cut, byKey: new Map() };
  return { stream: '', cut, byKey: new Map([[demand.key, measure(demand, usage.asOf(cut))]]) };
};
