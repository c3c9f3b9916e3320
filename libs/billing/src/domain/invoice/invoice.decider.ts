import type { InvoiceFact, Fact } from '#contracts';
import { money, refuse, type Recorded } from '#kernel';
import type { Account } from '../account/account.state.js';
import { unwindVoided } from '../credit/standing.js';
import { transfersPosted } from '../payment/transfers.js';
import { billAccount } from './billing.decider.js';
import { continueDraft } from './draft-continuation.js';
import { finalization } from './finalization.js';
import { amountDue, draftLines, invoiceOf, type Invoice } from './invoice.js';
import type { InvoiceCommand } from './invoice.commands.js';
import { scheduleLateBilling } from './late-billing.js';
import { writtenOffPostings } from './invoice.posting-rules.js';
import { creditGiven, voidInvoice } from './voiding.js';
import { advance, bill, scheduled } from './billing-progress.js';

type Command<Type extends InvoiceCommand['type']> = Extract<InvoiceCommand, { type: Type }>;

export const decideInvoice = (command: InvoiceCommand, account: Account) => {
  if (command.type === 'BillAccount') return billAccount(command, account);
  if (command.type === 'ScheduleLateBilling') return scheduleLateBilling(command, account);
  const invoice = invoiceOf(account, command.invoiceId);
  switch (command.type) {
    case 'FinalizeInvoice':
      return finalize(command, invoice, account);
    case 'ContinueDraft':
      return continueDraft(command, invoice, account);
    case 'NumberInvoice': {
      if (invoice.number !== null) return [];
      const { invoiceId, seriesId, sequence, number } = command;
      return [{ type: 'InvoiceNumbered', data: { invoiceId, seriesId, sequence, number } } as const];
    }
    case 'VoidInvoice':
      return voidInvoice(command, invoice, account);
    case 'MarkInvoiceOverdue':
      if (invoice.status !== 'open' || invoice.overdue) return [];
      return [{ type: 'InvoiceOverdue', data: { invoiceId: invoice.id, dueOn: invoice.dueOn! } } as const];
    case 'MarkInvoiceUncollectible':
      return writeOff(command, invoice);
  }
};

const finalize = (command: Command<'FinalizeInvoice'>, invoice: Invoice, account: Account) => {
  if (invoice.status === 'open' || invoice.status === 'paid') return [];
  if (invoice.status !== 'draft') return refuse('invoice_already_finalized', `The invoice is ${invoice.status}.`);
  if (invoice.draft.length < invoice.chunks)
    return refuse('invoice_draft_incomplete', 'The draft is still being written.');
  return finalization({ ...invoice, chunks: invoice.draft }, command, account);
};

const writeOff = ({ reason, bookedOn }: Command<'MarkInvoiceUncollectible'>, invoice: Invoice) => {
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
  ] as const;
};

export const evolveInvoice = (account: Account, { type, data }: InvoiceFact, { revision }: Recorded): void => {
  if (type === 'InvoiceDrafted') {
    account.invoices.set(data.invoiceId, draftedInvoice(data, account.invoices.get(data.invoiceId), revision));
    return;
  }
  if (type === 'BillingAdvanced') return advance(account, data, revision);
  if (type === 'LateBillingScheduled') return scheduled(account, data);
  const invoice = invoiceOf(account, data.invoiceId);
  switch (type) {
    case 'InvoiceLinesAdded':
      if (data.draftRevision === invoice.draftRevision) invoice.draft.push(data);
      invoice.lastLinesRevision = revision;
      return;
    case 'InvoiceFinalized':
      for (const line of draftLines(invoice)) {
        if (line.kind === 'one_off') account.items.get(line.itemId)!.invoiceId = invoice.id;
        else bill(account, invoice, line, invoice.ratedAt);
      }
      dropAdjustments(account, invoice);
      invoice.status = 'open';
      invoice.totals = data.totals;
      invoice.linesDigest = data.linesDigest;
      invoice.issueDate = data.issueDate;
      invoice.owedFrom = data.issueDate;
      invoice.dueOn = data.dueOn;
      invoice.seriesId = data.seriesId;
      invoice.billTo = data.personal;
      invoice.draft = [];
      return;
    case 'InvoiceNumbered':
      invoice.sequence = data.sequence;
      invoice.number = data.number;
      return;
    case 'InvoicePaid':
      invoice.status = 'paid';
      invoice.overdue = false;
      return;
    case 'InvoiceOverdue':
      invoice.overdue = true;
      return;
    case 'InvoiceReopened':
      invoice.status = 'open';
      invoice.reopenings += 1;
      return;
    case 'InvoiceVoided':
      invoice.status = 'void';
      invoice.overdue = false;
      unwindVoided(account.credits, {
        ...invoice,
        invoiceId: invoice.id,
        credited: creditGiven(invoice),
        bookedOn: data.bookedOn,
      });
      invoice.creditSources = [];
      for (const { subscriptionId, nextBillAt, timer } of data.reopened) {
        const { schedule } = account.subscriptions.get(subscriptionId)!;
        scheduled(account, { subscriptionId, schedule: { nextBillAt, timer: timer ?? schedule.timer } });
      }
      if (data.waived !== true) freeItems(account, invoice);
      dropAdjustments(account, invoice);
      for (const billed of account.billed.values()) {
        if (data.waived === true) {
          billed.lines = billed.lines.map((line) => (line.invoiceId === invoice.id ? { ...line, waived: true } : line));
          continue;
        }
        const live = billed.lines.filter(({ invoiceId }) => invoiceId !== data.invoiceId);
        if (live.length < billed.lines.length) billed.reopenedAt = revision;
        billed.lines = live;
      }
      return;
    case 'InvoiceMarkedUncollectible':
      invoice.status = 'uncollectible';
      invoice.overdue = false;
      return;
  }
};

/** Its items wait for the next invoice again. */
const freeItems = ({ items }: Account, { id }: Invoice): void => {
  for (const item of items.values()) if (item.invoiceId === id) item.invoiceId = null;
};

/** What adjusts a line that is not there, or no more, adjusts nothing. */
const dropAdjustments = ({ items }: Account, { id }: Invoice): void => {
  for (const item of items.values())
    if (item.invoiceId === null && item.draft?.adjusts !== undefined && item.draft.invoiceId === id)
      items.delete(item.id);
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
  totals: null,
  linesDigest: null,
  issueDate: null,
  dueOn: null,
  overdue: false,
  seriesId: null,
  sequence: null,
  number: null,
  billTo: null,
  amountPaid: money(0n, data.currency),
  amountCredited: money(0n, data.currency),
  creditSources: [],
  owedFrom: null,
  reopenings: 0,
  postings: [],
  firstRevision: earlierDraft?.firstRevision ?? revision,
  lastLinesRevision: revision,
});
