import type { AccountFact, Fact, InvoiceFact } from '#contracts';
import { money, refuse, type InvoiceId, type Recorded } from '#kernel';
import type { Account, BilledService } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { isBesideOthers } from '../invoice-item/invoice-item.js';
import { noteTakenOff } from '../discount/discount-progress.js';
import { unwindVoided } from '../credit/standing.js';
import { transfersPosted } from '../payment/transfers.js';
import { deferTaxes } from './awaited-taxes.js';
import { billAccount } from './billing.decider.js';
import { continueDraft } from './draft-continuation.js';
import { finalization } from './finalization.js';
import { amountDue, draftLines, invoiceOf, type Invoice } from './invoice.js';
import type { InvoiceCommand } from './invoice.commands.js';
import { netPerLine } from './invoice-tax.js';
import { scheduleLateBilling } from './late-billing.js';
import { keyOf } from './billed-service.js';
import { told } from '../revenue/account-revenue.js';
import { earnedWithInvoice, notEarnedWithInvoice } from '../revenue/before-schedules.js';
import { netLines } from '../revenue/invoiced-revenue.js';
import { writtenOffPostings } from './invoice.posting-rules.js';
import { walletsOfWriteOff } from '../wallet/released-wallets.js';
import { creditGiven, voidInvoice } from './voiding.js';
import { advance, bill, scheduled, scheduledAgain } from './billing-progress.js';

type Command<Type extends InvoiceCommand['type']> = Extract<InvoiceCommand, { type: Type }>;

const finalize = (command: Command<'FinalizeInvoice'>, invoice: Invoice, account: Account) => {
  if (invoice.status === 'open' || invoice.status === 'paid') return [];
  if (invoice.status !== 'draft') return refuse('invoice_already_finalized', `The invoice is ${invoice.status}.`);
  if (invoice.draft.length < invoice.chunks)
    return refuse('invoice_draft_incomplete', 'The draft is still being written.');
  return finalization({ ...invoice, chunks: invoice.draft }, command, account);
};

const writeOff = (
  { reason, bookedOn }: Command<'MarkInvoiceUncollectible'>,
  invoice: Invoice,
  account: Account,
): readonly AccountFact[] => {
  const { id, status } = invoice;
  if (status === 'uncollectible') return [];
  if (status !== 'open') return refuse('invoice_not_open', `The invoice is ${status}.`);
  const due = amountDue(invoice);
  const cause = { type: 'invoice', id } as const;
  return [
    {
      type: 'InvoiceMarkedUncollectible',
      data: { invoiceId: id, ...(reason === undefined ? {} : { reason }), bookedOn, amountDue: due },
    },
    ...transfersPosted(writtenOffPostings(due), { cause, rule: 'written_off', bookedOn }),
    ...walletsOfWriteOff(invoice, due, account, bookedOn),
  ];
};

const number = (
  { invoiceId, seriesId, sequence, number }: Command<'NumberInvoice'>,
  invoice: Invoice,
): readonly AccountFact[] =>
  invoice.number === null ? [{ type: 'InvoiceNumbered', data: { invoiceId, seriesId, sequence, number } }] : [];

const markOverdue = (_command: Command<'MarkInvoiceOverdue'>, invoice: Invoice): readonly AccountFact[] =>
  invoice.status === 'open' && !invoice.overdue
    ? [{ type: 'InvoiceOverdue', data: { invoiceId: invoice.id, dueOn: invoice.issued!.dueOn } }]
    : [];

const voided = (invoice: Invoice, data: Fact<'InvoiceVoided'>['data'], account: Account, revision: number): void => {
  if (invoice.issued) told(account.revenue, data.revenue ?? notEarnedWithInvoice(invoice), data.bookedOn);
  invoice.status = 'void';
  invoice.overdue = false;
  unwindVoided(account.credits, {
    ...invoice,
    invoiceId: invoice.id,
    credited: creditGiven(invoice),
    bookedOn: data.bookedOn,
  });
  invoice.creditSources = [];
  for (const one of data.reopened) scheduledAgain(account, one);
  if (data.waived !== true) freeItems(account, invoice);
  dropAdjustments(account, invoice);
  for (const billed of account.billed.values()) {
    takeBack(account, billed, invoice);
    if (data.waived === true) {
      billed.lines = billed.lines.map((line) => (line.invoiceId === invoice.id ? { ...line, waived: true } : line));
      continue;
    }
    const live = billed.lines.filter(({ invoiceId }) => invoiceId !== data.invoiceId);
    if (live.length < billed.lines.length) billed.reopenedAt = revision;
    billed.lines = live;
  }
};

/** What its lines took off counts as given no more. */
const takeBack = (
  { subscriptions }: Account,
  { subscriptionId, period, lines }: BilledService,
  { id }: Invoice,
): void => {
  for (const { invoiceId, discounts } of lines)
    if (invoiceId === id && discounts) noteTakenOff(subscriptions.get(subscriptionId)!, { period, discounts }, id, -1n);
};

/** Its items wait for the next invoice again. */
const freeItems = ({ items }: Account, { id }: Invoice): void => {
  for (const item of items.values()) if (item.invoiceId === id) item.invoiceId = null;
};

/** What adjusts a line that is not there, or no more, adjusts nothing. */
const dropAdjustments = ({ items }: Account, { id }: Invoice): void => {
  for (const item of items.values())
    if (item.invoiceId === null && isBesideOthers(item) && item.draft?.invoiceId === id) items.delete(item.id);
};

const draftedInvoice = (
  data: Fact<'InvoiceDrafted'>['data'],
  earlierDraft: Invoice | undefined,
  revision: number,
): Invoice => ({
  id: data.invoiceId,
  currency: data.currency,
  runId: data.runId ?? earlierDraft?.runId ?? null,
  status: 'draft',
  billThrough: data.billThrough,
  cuts: data.cuts,
  period: data.period,
  draftRevision: data.draftRevision,
  ratedAt: (data.byHand === true ? earlierDraft?.ratedAt : undefined) ?? revision,
  chunks: data.chunks,
  rest: data.rest ?? null,
  draft: [],
  graceTimer: data.timer ?? null,
  finalizeTimers: Math.max(earlierDraft?.finalizeTimers ?? 0, data.timer?.generation ?? 0),
  taxPending: null,
  issued: null,
  overdue: false,
  sequence: null,
  number: null,
  amountPaid: money(0n, data.currency),
  amountCredited: money(0n, data.currency),
  creditSources: [],
  amountFromWallet: money(0n, data.currency),
  walletDraws: [],
  creditNotes: [],
  owedFrom: null,
  reopenings: 0,
  postings: [],
  firstRevision: earlierDraft?.firstRevision ?? revision,
  lastLinesRevision: revision,
});

/** Decides on an invoice that is there. */
const of =
  <Command extends { readonly invoiceId: InvoiceId }>(
    decide: (command: Command, invoice: Invoice, account: Account) => readonly AccountFact[],
  ) =>
  (command: Command, account: Account): readonly AccountFact[] =>
    decide(command, invoiceOf(account, command.invoiceId), account);

/** Changes an invoice that is there. */
const to =
  <Data extends { readonly invoiceId: InvoiceId }>(
    evolve: (invoice: Invoice, data: Data, account: Account, revision: number) => void,
  ) =>
  (account: Account, data: Data, { revision }: Recorded): void =>
    evolve(invoiceOf(account, data.invoiceId), data, account, revision);

export const invoiceSlice: Slice<InvoiceCommand, InvoiceFact> = {
  decide: {
    BillAccount: billAccount,
    ContinueDraft: of(continueDraft),
    FinalizeInvoice: of(finalize),
    DeferTaxes: of(deferTaxes),
    NumberInvoice: of(number),
    VoidInvoice: of(voidInvoice),
    ScheduleLateBilling: scheduleLateBilling,
    MarkInvoiceOverdue: of(markOverdue),
    MarkInvoiceUncollectible: of(writeOff),
  },
  evolve: {
    BillingAdvanced: (account, data, { revision }) => advance(account, data, revision),
    LateBillingScheduled: scheduled,
    InvoiceDrafted({ invoices }, data, { revision }) {
      invoices.set(data.invoiceId, draftedInvoice(data, invoices.get(data.invoiceId), revision));
    },
    InvoiceLinesAdded: to((invoice, data, _account, revision) => {
      if (data.draftRevision === invoice.draftRevision) invoice.draft.push(data);
      invoice.lastLinesRevision = revision;
    }),
    InvoiceTaxPending: to((invoice, { attempts, failure = null, timer }) => {
      invoice.finalizeTimers = timer.generation;
      invoice.taxPending = { attempts, failure };
    }),
    InvoiceFinalized: to((invoice, data, account) => {
      const lines = draftLines(invoice);
      const groups = new Map(lines.map(({ lineId }, index) => [lineId, data.taxation?.groups?.[index]]));
      for (const line of lines) if (line.kind === 'one_off') account.items.get(line.itemId)!.invoiceId = invoice.id;
      for (const service of netLines(lines, netPerLine(lines, data.taxes, data.taxation ?? null)).services) {
        const { line, net, adjusted } = service;
        // What was issued before it was said when it is earned is earned with its invoice, and what adjusts it counts for nothing later.
        const invoiced = data.revenue === undefined ? { net: 0n } : { net, adjusted };
        bill(account, invoice, line, invoice.ratedAt, { ...invoiced, taxGroup: groups.get(line.lineId) });
        account.revenue.accrued.delete(keyOf(line));
      }
      told(account.revenue, data.revenue ?? earnedWithInvoice(lines, data), data.issueDate);
      dropAdjustments(account, invoice);
      invoice.status = 'open';
      invoice.issued = data;
      invoice.taxPending = null;
      invoice.owedFrom = data.issueDate;
      invoice.draft = [];
    }),
    InvoiceNumbered: to((invoice, { sequence, number }) => {
      invoice.sequence = sequence;
      invoice.number = number;
    }),
    InvoicePaid: to((invoice) => {
      invoice.status = 'paid';
      invoice.overdue = false;
    }),
    InvoiceOverdue: to((invoice) => {
      invoice.overdue = true;
    }),
    InvoiceReopened: to((invoice) => {
      invoice.status = 'open';
      invoice.reopenings += 1;
    }),
    InvoiceVoided: to(voided),
    InvoiceMarkedUncollectible: to((invoice) => {
      invoice.status = 'uncollectible';
      invoice.overdue = false;
    }),
  },
};
