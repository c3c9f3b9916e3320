import type { InvoiceLine, BillingRest, Fact, InvoicePeriod } from '#contracts';
import { derivedId, earlier, isBefore, later, money, plusDuration, type Instant, type InvoiceId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { planVersion } from '../catalog/catalog.decider.js';
import { StaleFacts } from './stale-facts.js';
import { awaitsTaxes, taxAwaited } from './awaited-taxes.js';
import { keyOf } from './billed-service.js';
import { billedThrough, dueWithin, LINES_PER_INVOICE_MAX } from './due-services.js';
import type { DueService } from './due-service.js';
import { billingAdvanced } from './billing-advanced.js';
import { finalization, type CompleteDraft } from './finalization.js';
import { pendingItems } from '../invoice-item/invoice-item.js';
import { dueItemLines } from '../invoice-item/item-lines.js';
import { isRated, isSold, subjectsAmong, type DocumentLine } from './invoice-line.js';
import { allLines, openDraft, type Invoice } from './invoice.js';
import type { InvoiceCommand } from './invoice.commands.js';
import { treatedLines } from './treated-lines.js';
import { CHUNKS_PER_APPEND_MAX, linesAdded, linesDigest } from './line-chunks.js';
import { linesOf } from './lines.js';
import { timerOf } from '../timer/timer.js';

type BillAccount = Extract<InvoiceCommand, { type: 'BillAccount' }>;

/**
 * Rates everything that is due up to an instant and makes one invoice of the differences: where that is more than goes on one, the earliest
 * of it, and the rest goes on the next. Nothing due, nothing done.
 */
export const billAccount = (command: BillAccount, account: Account) => {
  openProfile(account);
  const { usage } = command;
  if (timerIsStale(command, account)) return [];
  if (usage.cut < account.usageCut) throw new StaleFacts('Usage was measured before the last cut.');
  const draft = openDraft(account);
  const invoiceId = draft?.id ?? idIn(command, account);
  if (draft === undefined && account.invoices.has(invoiceId)) return [];
  const { services: due, more } = dueWithin(account, command, command.linesMax ?? LINES_PER_INVOICE_MAX);
  const cuts = { [usage.stream]: usage.cut };
  const billThrough = billedThrough(account, command.billThrough);
  const rated = linesOf(due, usage, invoiceId, account);
  const items = dueItemLines(pendingItems(account), { invoiceId, billThrough, rated });
  const lines: readonly DocumentLine[] = [...rated, ...items];
  const rest = more ? restAfter(due, rated, { cut: usage.cut, through: billThrough }) : null;
  if (lines.length === 0) {
    // Looked at again and found right: the cut moves on, or the next run would look again.
    const changed = account.attributionChanges.length > 0 || due.some(({ billed }) => billed?.reopenedAt != null);
    const looked = due.length > 0 && (changed || usage.cut > account.usageCut);
    const advances = more || looked || hasOverdueSchedule(account, billThrough);
    return [
      ...(draft === undefined ? [] : [givenUp(draft, command)]),
      ...(advances ? [billingAdvanced({ billThrough, cuts, rest }, [], command, account)] : []),
    ];
  }
  return drafted(command, { invoiceId, lines, cuts, draft, billThrough, rest }, account);
};

/** One cause makes one invoice, and further ones as long as each leaves a rest. */
const idIn = ({ invoiceId }: BillAccount, { invoices }: Account): InvoiceId => {
  let id = invoiceId;
  while (invoices.get(id)?.rest) id = derivedId('inv', id, 'rest');
  return id;
};

/** What is left for the next invoice: of what was billed before, all that was not looked at. */
const restAfter = (
  due: readonly DueService[],
  rated: readonly InvoiceLine[],
  looked: Pick<BillingRest, 'cut' | 'through'>,
): BillingRest => {
  const told = new Set(rated.map(keyOf));
  const right = due.filter(({ key, billed }) => billed !== undefined && !told.has(key));
  return { ...looked, looked: right.map(({ key }) => key) };
};

/** Nothing that it holds is due any more. It was never issued, so nothing was booked and nothing is due again. */
const givenUp = ({ id, currency }: Invoice, { issueDate }: BillAccount): Fact<'InvoiceVoided'> => {
  const nothing = money(0n, currency);
  const reason = 'Nothing is left to bill.';
  return {
    type: 'InvoiceVoided',
    data: { invoiceId: id, reason, bookedOn: issueDate, amountDue: nothing, creditReturned: nothing, reopened: [] },
  };
};

interface Drafting {
  readonly invoiceId: Invoice['id'];
  readonly lines: readonly DocumentLine[];
  readonly cuts: Invoice['cuts'];
  readonly draft: Invoice | undefined;
  readonly billThrough: Instant;
  readonly rest: BillingRest | null;
}

const drafted = (
  command: BillAccount,
  { invoiceId, lines, cuts, draft, billThrough, rest }: Drafting,
  account: Account,
) => {
  const asBefore = draft && linesAdded(invoiceId, draft.draftRevision, lines);
  const unchanged = draft !== undefined && isBeginningOf(asBefore!, draft);
  const continued = unchanged && command.continues === draft.draftRevision;
  const draftRevision = continued ? draft.draftRevision : (draft?.draftRevision ?? 0) + 1;
  const chunks = continued ? asBefore! : linesAdded(invoiceId, draftRevision, lines);
  const rated = { id: invoiceId, billThrough, cuts, rest, ratedAt: Infinity };
  const complete = { ...rated, draftRevision, chunks: chunks.map(({ data }) => data) };
  const isPending = draft !== undefined && draft.taxPending !== null;
  const wanted = isPending || command.policy.finalize === 'auto' || command.graceOver === true;
  const waits = wanted && awaitsTaxes(command, account);
  const finalize = wanted && !waits;
  if (!continued && (wanted || !lines.some(mayChange)) && !isIssued(lines, command)) {
    const nothing = unissued({ billThrough, cuts, rest }, chunks, command, account);
    return [...(draft === undefined ? [] : [givenUp(draft, command)]), nothing];
  }
  // Nothing is stored of an invoice that could not be issued.
  if (finalize) treatedLines(lines.filter(isSold), command.tax, account, command.issueDate);
  const stored = continued ? draft.draft.length : 0;
  const next = chunks.slice(stored, command.whole === true ? chunks.length : stored + CHUNKS_PER_APPEND_MAX);
  const last = stored + next.length === chunks.length;
  if (unchanged && !continued && draft.draft.length === draft.chunks) {
    if (waits) return draft.taxPending === null ? [taxAwaited(draft, draft, command.now)] : [];
    return finalize
      ? finalization({ ...rated, draftRevision: draft.draftRevision, chunks: draft.draft }, command, account)
      : [];
  }
  const opening = continued ? [] : [opened(command, draft, { ...complete, period: spanOf(lines) })];
  if (!last) return [...opening, ...next];
  if (waits) return [...opening, ...next, taxAwaited(complete, draft, command.now)];
  return [...opening, ...next, ...(finalize ? finalization(complete, command, account) : [])];
};

/** Lines of nothing, as many as one append takes: they are billed, and no invoice tells of them. */
const unissued = (
  { billThrough, cuts, rest }: Pick<Drafting, 'billThrough' | 'cuts' | 'rest'>,
  chunks: readonly Fact<'InvoiceLinesAdded'>[],
  command: BillAccount,
  account: Account,
): Fact<'BillingAdvanced'> => {
  const lines = chunks.slice(0, CHUNKS_PER_APPEND_MAX).flatMap(({ data }) => data.lines);
  const looked = { cut: command.usage.cut, through: billThrough, looked: [] };
  const left = chunks.length > CHUNKS_PER_APPEND_MAX ? (rest ?? looked) : rest;
  return billingAdvanced({ billThrough, cuts, rest: left }, lines, command, account);
};

/** Whether there is anything on an invoice, or a plan of its lines, or else the tenant, wants it all the same. */
const isIssued = (lines: readonly DocumentLine[], { policy, catalog, evenOfNothing }: BillAccount): boolean =>
  evenOfNothing === true ||
  lines.some((line) => {
    if (!isRated(line)) return true;
    const { amount, plan, planVersion: version } = line;
    const { zeroInvoices = policy.zeroInvoices } = planVersion(catalog, plan, version);
    return amount.minor !== 0n || zeroInvoices === 'issue';
  });

/** Whether a period of grace may find out more. */
const mayChange = (line: DocumentLine): boolean => isRated(line) && line.inputs !== undefined;

const opened = (
  { policy, runId, now }: BillAccount,
  draft: Invoice | undefined,
  { id, draftRevision, billThrough, cuts, chunks, period, rest }: CompleteDraft & { readonly period: InvoicePeriod },
): Fact<'InvoiceDrafted'> => {
  const [line] = allLines(chunks[0]!);
  const grace =
    policy.finalize === 'grace'
      ? (draft?.graceTimer ?? timerOf('finalize', id, plusDuration(now, { hours: policy.graceHours })))
      : undefined;
  return {
    type: 'InvoiceDrafted',
    data: {
      invoiceId: id,
      kind: 'cycle',
      currency: line!.amount.currency,
      ...(runId === undefined ? {} : { runId }),
      billThrough,
      cuts,
      period,
      draftRevision,
      chunks: chunks.length,
      ...(rest === null ? {} : { rest }),
      ...(grace === undefined ? {} : { timer: grace }),
    },
  };
};

const spanOf = (lines: readonly DocumentLine[]): InvoicePeriod =>
  lines
    .map(subjectsAmong(lines))
    .map(periodOf)
    .reduce(({ start, end }, period) => ({ start: earlier(start, period.start), end: later(end, period.end) }));

const periodOf = (line: DocumentLine): InvoicePeriod =>
  isRated(line) ? { start: line.service.start, end: line.service.end } : { start: line.addedAt, end: line.addedAt };

/** Whether the chunks say what is stored of a draft so far: only then can they go on with it. */
const isBeginningOf = (chunks: readonly Fact<'InvoiceLinesAdded'>[], draft: Invoice): boolean =>
  chunks.length === draft.chunks &&
  linesDigest(draft.draft) === linesDigest(chunks.slice(0, draft.draft.length).map(({ data }) => data));

const timerIsStale = ({ timer }: BillAccount, { subscriptions }: Account): boolean =>
  timer !== undefined && subscriptions.get(timer.subscriptionId)?.schedule.timer?.generation !== timer.generation;

const hasOverdueSchedule = ({ subscriptions }: Account, billThrough: Instant): boolean =>
  [...subscriptions.values()].some(
    ({ schedule: { nextBillAt } }) => nextBillAt !== null && !isBefore(billThrough, nextBillAt),
  );
