import {
  BilledPeriods,
  draftLines,
  lineFor,
  measure,
  ratedService,
  UNISSUED,
  usageDemands,
  type Account,
  type AccountEvent,
  type Catalog,
  type DueService,
  type MeasuredUsage,
  type InvoiceLine,
} from '#billing';
import type { Stored } from '#contracts';
import type { AccountId, InvoiceId } from '#kernel';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';

/** Rates every stored line once more, on the state that it was decided on and the readings up to its cut. */
export const lineWitness = (accountId: AccountId, catalog: Catalog, usage: UsageFold) => {
  const differences: Difference[] = [];
  const witness = (event: Stored<AccountEvent>, before: Account): void => {
    const { invoiceId, lines, known } = storedLines(event.fact, before);
    const periods = new BilledPeriods(before, invoiceId, known);
    for (const stored of lines) {
      const due = ratedService(stored, before, catalog);
      const rated = due
        ? lineFor(due, measuredUpTo(stored, due, before, catalog, usage), invoiceId, periods.besides(due))
        : null;
      // Lines of no invoice have their ids from the one that would have been made.
      const line = rated && invoiceId === UNISSUED ? { ...rated, lineId: stored.lineId } : rated;
      periods.add(stored);
      const found = differencesBetween(accountId, `lines ${stored.lineId}`, line, stored);
      differences.push(
        ...found.map((difference) => ({ ...difference, event: { stream: event.stream, revision: event.revision } })),
      );
    }
  };
  return { witness, differences };
};

/** Lines that a fact stores, those that are stored of the same draft before it, and the invoice of both. */
const storedLines = ({ type, data }: AccountEvent, { invoices }: Account): StoredLines => {
  if (type === 'BillingAdvanced') return { invoiceId: UNISSUED, lines: data.unissued ?? [], known: [] };
  if (type !== 'InvoiceLinesAdded') return { invoiceId: UNISSUED, lines: [], known: [] };
  const { invoiceId, draftRevision, lines } = data;
  const draft = invoices.get(invoiceId);
  const goesOn = draft !== undefined && draft.draftRevision === draftRevision;
  return { invoiceId, lines, known: goesOn ? draftLines(draft) : [] };
};

interface StoredLines {
  readonly invoiceId: InvoiceId;
  readonly lines: readonly InvoiceLine[];
  readonly known: readonly InvoiceLine[];
}

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
