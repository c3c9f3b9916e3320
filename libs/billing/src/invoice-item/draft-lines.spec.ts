import {
  aCatalog,
  aCharge,
  addDraftLine,
  anAccount,
  anId,
  aPlan,
  aPolicy,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  cancelSubscription,
  changeDraftLine,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  INVOICE,
  readings,
  totalIn,
  usd,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { isRated } from '../invoice/invoice-line.js';
import { draftLines, invoiceOf } from '../invoice/invoice.js';
import type { CountedReading } from '../usage/metering.js';

const given = givenFor(accountDecider);
const FEBRUARY = at('2026-02-01T00:00:00Z');
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const subscribed = given(anAccount()).after(createSubscription({ catalog }));
const bill = (calls: number, invoice = 1, late: readonly CountedReading[] = [], policy = GRACE) =>
  billAccount({
    catalog,
    known: [...readings(calls, { revision: 0 }), ...late],
    billThrough: FEBRUARY,
    invoiceId: anId('inv', invoice),
    policy,
  });
/** The fees of January and February at 30.00, and 90 calls at 0.10. */
const drafted = subscribed.after(bill(90));
const linesOf = ({ state }: Pick<AccountGiven, 'state'>) => draftLines(invoiceOf(state, INVOICE));
const idOf = (key: string, { state }: Pick<AccountGiven, 'state'> = drafted) =>
  linesOf({ state }).find((line) => isRated(line) && line.charge === key)!.lineId;
const told = (history: Pick<AccountGiven, 'state'>) =>
  linesOf(history).map((line) => `${line.description} ${line.amount.minor}`);
const finalize = finalizeInvoice({ catalog, now: at('2026-02-10T00:00:00Z') });
const usage = idOf('calls');

describe('a line that is added to a draft', () => {
  const added = drafted.after(addDraftLine());

  it('stands on it at once, with its reason', () => {
    expect(told(added)).toEqual([...told(drafted), 'Setup 5000']);
    expect(linesOf(added).at(-1)).toMatchObject({ kind: 'one_off', reason: 'agreed' });
    expect(drafted.after(addDraftLine()).when(addDraftLine()).facts).toEqual([]);
  });

  it('stays however often the draft is rated again, and is issued with it', () => {
    const again = added.after(bill(120));
    expect(told(again).at(-1)).toBe('Setup 5000');
    expect(totalIn(again.when(finalize).facts)).toBe(totalIn(drafted.after(bill(120)).when(finalize).facts)! + 50_00n);
  });

  it('waits for the next invoice when this one is void', () => {
    const next = added.after(finalize, voidInvoice({ catalog }), bill(90, 2));
    expect(draftLines(invoiceOf(next.state, anId('inv', 2))).map(({ description }) => description)).toContain('Setup');
  });
});

describe('a line of a draft that is changed', () => {
  it('comes to what was said by a line beside it', () => {
    const changed = drafted.after(changeDraftLine(usage, usd(5_00n)));
    expect(told(changed)).toEqual([...told(drafted), 'Calls -400']);
    expect(linesOf(changed).at(-1)).toMatchObject({ adjusts: usage, reason: 'agreed' });
  });

  it('comes to that also when it is rated otherwise', () => {
    const changed = drafted.after(changeDraftLine(usage, usd(5_00n)), bill(120));
    expect(told(changed).slice(-2)).toEqual(['Calls 1200', 'Calls -700']);
    expect(told(drafted.after(changeDraftLine(usage, usd(12_00n)), bill(120))).at(-1)).toBe('Calls 1200');
  });

  it('is dropped by nothing at all, and billed by no later invoice', () => {
    const issued = drafted.after(changeDraftLine(usage, usd(0n)), finalize);
    expect(billedIn(issued.when(bill(90, 2)).facts)).toEqual([]);
    expect(billedIn(issued.when(bill(90, 2, readings(10, { revision: 1 }))).facts)).toEqual(['calls late_usage 100']);
  });

  it('is changed again, and back', () => {
    const changed = drafted.after(changeDraftLine(usage, usd(5_00n)));
    const again = changed.after(changeDraftLine(usage, usd(6_00n), { itemId: anId('itm', 3) }));
    expect(told(again)).toEqual([...told(drafted), 'Calls -300']);
    const back = again.after(changeDraftLine(usage, usd(9_00n), { itemId: anId('itm', 4) }));
    expect(told(back)).toEqual(told(drafted));
    expect(back.state.items.size).toBe(0);
    expect(drafted.when(changeDraftLine(usage, usd(9_00n))).facts).toEqual([]);
  });

  it('puts off what the line puts off', () => {
    const [fee] = linesOf(drafted);
    const { facts } = drafted.after(changeDraftLine(fee!.lineId, usd(0n))).when(finalize);
    // Of 60.00 for two months.
    expect(facts.filter(({ type }) => type === 'TransferPosted')).toMatchObject([
      { data: { debit: 'receivable', credit: 'deferred_revenue', amount: usd(30_00n) } },
      { data: { debit: 'receivable', credit: 'revenue', amount: usd(9_00n) } },
    ]);
  });

  it('is adjusted no more when the invoice is void, or the line is gone', () => {
    const fees = drafted.after(changeDraftLine(usage, usd(5_00n)));
    const voided = fees.after(finalize, voidInvoice({ catalog }), bill(90, 2));
    expect(draftLines(invoiceOf(voided.state, anId('inv', 2))).map(({ kind }) => kind)).not.toContain('one_off');
    const undone = fees.after(cancelSubscription({ catalog, at: at('2026-01-01T00:00:00Z'), now: FEBRUARY }), bill(90));
    expect(invoiceOf(undone.state, INVOICE).status).toBe('void');
    expect(undone.state.items.size).toBe(0);
  });

  it('is one of a draft, and none that adjusts another', () => {
    drafted.when(changeDraftLine(anId('lin', 9), usd(1n))).thenRefused('invoice_line_not_found');
    drafted
      .after(finalize)
      .when(changeDraftLine(usage, usd(1n)))
      .thenRefused('invoice_already_finalized');
    const changed = drafted.after(changeDraftLine(usage, usd(5_00n)));
    const { lineId } = linesOf(changed).at(-1)!;
    changed.when(changeDraftLine(lineId, usd(1n), { itemId: anId('itm', 3) })).thenRefused('invoice_line_adjusts');
  });

  it('leaves due what came to be due after the draft was rated', () => {
    const late = readings(30, { revision: 1 });
    const [first, second] = [anId('inv', 2), anId('inv', 3)];
    const issued = subscribed.after(
      bill(90, 2, [], aPolicy()),
      bill(90, 3, late),
      voidInvoice({ catalog, invoiceId: first }),
      addDraftLine({ invoiceId: second }),
      finalizeInvoice({ catalog, invoiceId: second, now: at('2026-02-10T00:00:00Z') }),
    );
    expect(billedIn(issued.when(bill(90, 4, late)).facts)).toContain('calls usage 900');
  });
});
