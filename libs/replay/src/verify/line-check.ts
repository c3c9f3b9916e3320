import {
  BilledPeriods,
  draftLines,
  lineFor,
  measure,
  ratedService,
  usageDemands,
  type Account,
  type AccountEvent,
  type Catalog,
  type DueService,
  type MeasuredUsage,
  type InvoiceLine,
} from '#billing';
import type { Stored } from '#contracts';
import type { AccountId } from '#kernel';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';

/** Rates every stored line once more, on the state that it was decided on and the readings up to its cut. */
export const lineWitness = (accountId: AccountId, catalog: Catalog, usage: UsageFold) => {
  const differences: Difference[] = [];
  const witness = (event: Stored<AccountEvent>, before: Account): void => {
    if (event.fact.type !== 'InvoiceLinesAdded') return;
    const { invoiceId, draftRevision, lines } = event.fact.data;
    const draft = before.invoices.get(invoiceId);
    const periods = new BilledPeriods(
      before,
      invoiceId,
      draft !== undefined && draft.draftRevision === draftRevision ? draftLines(draft) : [],
    );
    for (const stored of lines) {
      const due = ratedService(stored, before, catalog);
      const line = due
        ? lineFor(due, measuredUpTo(stored, due, before, catalog, usage), invoiceId, periods.besides(due))
        : null;
      periods.add(stored);
      const found = differencesBetween(accountId, `lines ${stored.lineId}`, line, stored);
      differences.push(
        ...found.map((difference) => ({ ...difference, event: { stream: event.stream, revision: event.revision } })),
      );
    }
  };
  return { witness, differences };
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
