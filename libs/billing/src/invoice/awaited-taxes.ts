import type { Fact } from '#contracts';
import { plusDuration, type Instant } from '#kernel';
import type { Account } from '../account/account.state.js';
import { isQuoted } from '../tax/tax-terms.js';
import { timerOf } from '../timer/timer.js';
import type { InvoiceCommand, IssueTerms } from './invoice.commands.js';
import type { Invoice } from './invoice.js';
import { linesDigest, type LinesChunk } from './line-chunks.js';
import { StaleFacts } from './stale-facts.js';
import { asksElsewhere } from './treated-lines.js';

/** From five minutes on, twice as long each time, to an hour. */
const RETRY_MINUTES = 5;
const RETRY_MINUTES_MAX = 60;

/** Whether a draft cannot be issued before somebody elsewhere was asked. */
export const awaitsTaxes = ({ tax }: Pick<IssueTerms, 'tax'>, account: Account): boolean =>
  tax.quote === undefined && asksElsewhere(tax.settings, account);

/** Nobody was asked yet. Should whoever asks be lost, the timer has it asked again. */
export const taxAwaited = (
  { id, draftRevision }: Pick<Invoice, 'id' | 'draftRevision'>,
  before: Pick<Invoice, 'finalizeTimers'> | undefined,
  now: Instant,
): Fact<'InvoiceTaxPending'> => ({
  type: 'InvoiceTaxPending',
  data: { invoiceId: id, draftRevision, attempts: 0, timer: askedAgain(id, before?.finalizeTimers ?? 0, now, 0) },
});

/** Somebody was asked, and did not say. */
export const deferTaxes = (
  { draftRevision, failure, now }: Extract<InvoiceCommand, { type: 'DeferTaxes' }>,
  { id, status, draftRevision: current, taxPending, finalizeTimers }: Invoice,
): readonly Fact<'InvoiceTaxPending'>[] => {
  if (status !== 'draft' || taxPending === null || draftRevision !== current) return [];
  const attempts = taxPending.attempts + 1;
  const timer = askedAgain(id, finalizeTimers, now, taxPending.attempts);
  return [{ type: 'InvoiceTaxPending', data: { invoiceId: id, draftRevision, attempts, failure, timer } }];
};

/** Each timer is one of its own: one that was fired is not fired again. */
const askedAgain = (id: Invoice['id'], timers: number, now: Instant, before: number) => {
  const minutes = Math.min(RETRY_MINUTES * 2 ** Math.min(before, 10), RETRY_MINUTES_MAX);
  return timerOf('finalize', id, plusDuration(now, { seconds: minutes * 60 }), timers + 1);
};

/** What was said is of these very lines. */
export const refuseOtherLines = ({ tax: { quote } }: Pick<IssueTerms, 'tax'>, chunks: readonly LinesChunk[]): void => {
  if (quote !== undefined && isQuoted(quote) && quote.linesDigest !== linesDigest(chunks))
    throw new StaleFacts('Taxes were asked for of other lines.');
};
