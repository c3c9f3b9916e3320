import { type Account } from '#billing/account';
import { type Catalog } from '#billing/catalog';
import {
  BilledPeriods,
  demandsBefore,
  draftLines,
  isRated,
  lineFor,
  ratedService,
  UNISSUED,
  usageDemands,
  type DocumentLine,
  type DueService,
} from '#billing/invoice';
import { itemLine, takenOffAgain } from '#billing/invoice-item';
import { measure, type UsageAtCut } from '#billing/usage';
import type { Stored, AccountFact, InvoiceLine, ItemLine } from '#contracts';
import type { AccountId, Instant, InvoiceId } from '#kernel';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';

/** Rates every stored line once more, on the state that it was decided on and the readings up to its cut. */
export const lineWitness = (accountId: AccountId, catalog: Catalog, usage: UsageFold) => {
  const differences: Difference[] = [];
  const compare = (
    line: DocumentLine | null,
    stored: DocumentLine,
    { stream, revision }: Stored<AccountFact>,
  ): void => {
    const found = differencesBetween(accountId, `lines ${stored.lineId}`, line, stored);
    differences.push(...found.map((difference) => ({ ...difference, event: { stream, revision } })));
  };
  /** Lines by draft that somebody changed by hand: what is rated of it is stored again as it was. */
  const kept = new Map<InvoiceId, readonly DocumentLine[]>();
  const witness = (event: Stored<AccountFact>, before: Account): void => {
    const { fact } = event;
    if (fact.type === 'InvoiceDrafted') keep(fact.data, before, kept);
    const { invoiceId, lines, items, known, all } = storedLines(fact, before);
    const periods = new BilledPeriods(before, invoiceId, known);
    const asBefore = kept.get(invoiceId);
    for (const stored of lines) {
      if (asBefore) {
        compare(asBefore.find(({ lineId }) => lineId === stored.lineId) ?? null, stored, event);
        continue;
      }
      const due = ratedService(stored, before, catalog);
      const rated = due
        ? lineFor(
            due,
            measuredUpTo(stored, due, before, catalog, usage),
            invoiceId,
            periods.besides(due),
            cutsOf(stored),
          )
        : null;
      // Lines of no invoice have their ids from the one that would have been made.
      const named = rated && invoiceId === UNISSUED ? { ...rated, lineId: stored.lineId } : rated;
      const line = named && stored.offsets === undefined ? withoutOffsets(named) : named;
      periods.add(stored);
      compare(line, stored, event);
    }
    const takenOff = items.length === 0 ? NOTHING_TAKEN_OFF : takenOffAgain(before, invoiceId, all);
    for (const stored of items) {
      const item = before.items.get(stored.itemId);
      const again = item && (takenOff.get(stored.lineId) ?? itemLine(item, invoiceId, all));
      compare(again ?? null, stored, event);
    }
  };
  return { witness, differences };
};

/** Lines that were stored before they kept their zone’s clocks. */
const withoutOffsets = ({ offsets: _, ...line }: InvoiceLine): InvoiceLine => line;

const keep = (
  { invoiceId, byHand }: Extract<AccountFact, { type: 'InvoiceDrafted' }>['data'],
  { invoices }: Account,
  kept: Map<InvoiceId, readonly DocumentLine[]>,
): void => {
  const draft = invoices.get(invoiceId);
  if (byHand === true && draft !== undefined) kept.set(invoiceId, draftLines(draft));
  else kept.delete(invoiceId);
};

/** Lines that a fact stores, those that are stored of the same draft before it, and the invoice of both. */
const storedLines = ({ type, data }: AccountFact, { invoices }: Account): StoredLines => {
  if (type === 'BillingAdvanced') return { ...NOTHING_STORED, lines: data.unissued ?? [] };
  if (type !== 'InvoiceLinesAdded') return NOTHING_STORED;
  const { invoiceId, draftRevision, lines, items = [] } = data;
  const draft = invoices.get(invoiceId);
  const goesOn = draft !== undefined && draft.draftRevision === draftRevision;
  const before = goesOn ? draftLines(draft) : [];
  const known = before.filter(isRated);
  return { invoiceId, lines, items, known, all: [...before, ...lines, ...items] };
};

interface StoredLines {
  readonly invoiceId: InvoiceId;
  readonly lines: readonly InvoiceLine[];
  readonly items: readonly ItemLine[];
  readonly known: readonly InvoiceLine[];
  readonly all: readonly DocumentLine[];
}

const NOTHING_STORED: StoredLines = { invoiceId: UNISSUED, lines: [], items: [], known: [], all: [] };

const NOTHING_TAKEN_OFF: ReturnType<typeof takenOffAgain> = new Map();

/** As the line tells them: which grants there were does not matter. */
const cutsOf = ({ used = [] }: InvoiceLine): Instant[] => used.slice(0, -1).map(({ by }) => by);

const measuredUpTo = (
  line: InvoiceLine,
  due: DueService,
  account: Account,
  catalog: Catalog,
  usage: UsageFold,
): UsageAtCut => {
  const cut = line.inputs?.cut ?? -1;
  const [demand] = usageDemands([due], account, catalog);
  if (!demand) return { cut, byKey: new Map() };
  const readings = usage.asOf(cut);
  const demands = [demand, ...demandsBefore(demand, cutsOf(line))];
  return { cut, byKey: new Map(demands.map((one) => [one.key, measure(one, readings)])) };
};
