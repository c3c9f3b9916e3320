import type { Account } from '../account/account.state.js';
import { StaleFacts } from './stale-facts.js';
import { awaitsTaxes, taxAwaited } from './awaited-taxes.js';
import { billAccount } from './billing.decider.js';
import { finalization } from './finalization.js';
import { openDraft, type Invoice } from './invoice.js';
import type { InvoiceCommand } from './invoice.commands.js';
import type { LinesChunk } from './line-chunks.js';

/** What a draft is not stored with yet; null where it would be another one by now. Rates it once, for all appends that follow. */
export const chunksLeft = (
  command: Extract<InvoiceCommand, { type: 'BillAccount' }>,
  account: Account,
): readonly LinesChunk[] | null => {
  const draft = openDraft(account);
  if (!draft) return null;
  const facts = billAccount({ ...command, continues: draft.draftRevision, whole: true }, account);
  if (facts[0]?.type !== 'InvoiceLinesAdded') return null;
  return facts.flatMap((fact) => (fact.type === 'InvoiceLinesAdded' ? [fact.data] : []));
};

/** Stores more of a draft. What changed since it was rated stays due. */
export const continueDraft = (
  command: Extract<InvoiceCommand, { type: 'ContinueDraft' }>,
  invoice: Invoice,
  account: Account,
) => {
  const { status, draftRevision, draft, chunks } = invoice;
  const goesOnHere = draftRevision === command.draftRevision && command.chunks[0]?.chunk === draft.length + 1;
  if (status !== 'draft' || !goesOnHere) throw new StaleFacts('The draft is another one by now.');
  const stored = [...draft, ...command.chunks];
  const finalize = command.policy.finalize === 'auto' || command.graceOver === true;
  const added = command.chunks.map((data) => ({ type: 'InvoiceLinesAdded', data }) as const);
  if (stored.length < chunks || !finalize) return added;
  if (awaitsTaxes(command, account)) return [...added, taxAwaited(invoice, invoice, command.now)];
  return [...added, ...finalization({ ...invoice, chunks: stored }, command, account)];
};
