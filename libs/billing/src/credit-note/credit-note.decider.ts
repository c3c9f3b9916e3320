import type { AccountFact, CreditNoteFact } from '#contracts';
import { refuse, type CreditNoteId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { takeCreditBack } from '../credit/credit-lots.js';
import { creditUnapplied, isCreditThere, settled } from '../credit/settlement.js';
import { scheduledAgain } from '../invoice/billing-progress.js';
import { invoiceOf } from '../invoice/invoice.js';
import { reopened } from '../invoice/voiding.js';
import { transfersPosted } from '../payment/transfers.js';
import { told } from '../revenue/account-revenue.js';
import { creditedRevenue } from '../revenue/billed-revenue.js';
import type { CreditNoteCommand } from './credit-note.commands.js';
import { creditNoteOf, type CreditNote } from './credit-note.js';
import { creditNoteVoidedPostings } from './credit-note.posting-rules.js';
import { isCorrection } from './correction.js';
import { credit, isOneOf } from './credited-services.js';
import { creditOf, issueCreditNote } from './issuing.js';

type Command<Type extends CreditNoteCommand['type']> = Extract<CreditNoteCommand, { type: Type }>;

/** What it had settled is owed again, also where that was another invoice. Refused where its credit left the account. */
const voidCreditNote = (
  command: Command<'VoidCreditNote'>,
  { id, invoiceId, issued, voidedOn, postings }: CreditNote,
  account: Account,
): readonly AccountFact[] => {
  if (voidedOn !== null) return [];
  if (isCorrection({ issued }))
    return refuse('credit_note_of_billing', `Billing issued it: void the invoice “${invoiceId}” instead.`);
  const { reason, bookedOn } = command;
  const given = creditOf(issued);
  const unapplied = creditUnapplied(account, id, given.minor, bookedOn);
  if (!isCreditThere(account, unapplied, given))
    return refuse(
      'customer_credit_already_paid_out',
      'The credit that the credit note gave was paid out or moved elsewhere.',
    );
  const { currency } = given;
  const revenue = creditedRevenue(issued.lines, 1n, account, { day: bookedOn, currency });
  const cause = { type: 'credit_note', id } as const;
  const facts: AccountFact[] = [
    ...unapplied,
    {
      type: 'CreditNoteVoided',
      data: {
        creditNoteId: id,
        invoiceId,
        ...(reason === undefined ? {} : { reason }),
        bookedOn,
        credit: given,
        // Nothing of a closed account is billed.
        reopened: account.closed ? [] : reopened(isOneOf(issued.lines), account, command),
        revenue,
      },
    },
    ...transfersPosted(creditNoteVoidedPostings(postings, revenue, currency), {
      cause,
      rule: 'credit_note_voided',
      bookedOn,
    }),
  ];
  return settled(facts, account, command);
};

const number = (
  { creditNoteId, seriesId, sequence, number: text }: Command<'NumberCreditNote'>,
  note: CreditNote,
): readonly AccountFact[] => {
  const data = { creditNoteId, invoiceId: note.invoiceId, seriesId, sequence, number: text };
  return note.number === null ? [{ type: 'CreditNoteNumbered', data }] : [];
};

/** Decides on a credit note that is there. */
const of =
  <Command extends { readonly creditNoteId: CreditNoteId }>(
    decide: (command: Command, note: CreditNote, account: Account) => readonly AccountFact[],
  ) =>
  (command: Command, account: Account): readonly AccountFact[] =>
    decide(command, creditNoteOf(account, command.creditNoteId), account);

export const creditNoteSlice: Slice<CreditNoteCommand, CreditNoteFact> = {
  decide: {
    IssueCreditNote: issueCreditNote,
    NumberCreditNote: of(number),
    VoidCreditNote: of(voidCreditNote),
  },
  evolve: {
    CreditNoteIssued(account, data) {
      const { creditNoteId: id, invoiceId } = data;
      const note = { id, invoiceId, issued: data, sequence: null, number: null, voidedOn: null, voidReason: null };
      account.creditNotes.set(id, { ...note, postings: [] });
      invoiceOf(account, invoiceId).creditNotes.push(id);
      if (isCorrection(note)) return;
      credit(account, data.lines, 1n);
      if (data.revenue) told(account.revenue, data.revenue, data.issueDate);
    },
    CreditNoteNumbered(account, { creditNoteId, sequence, number: text }) {
      const note = creditNoteOf(account, creditNoteId);
      note.sequence = sequence;
      note.number = text;
    },
    CreditNoteVoided(account, data, { revision }) {
      const { creditNoteId, bookedOn, reason = null, credit: given, reopened: again } = data;
      const note = creditNoteOf(account, creditNoteId);
      note.voidedOn = bookedOn;
      note.voidReason = reason;
      takeCreditBack(account.credits, { cause: { type: 'credit_note', id: creditNoteId }, amount: given }, bookedOn);
      if (isCorrection(note)) return;
      for (const service of credit(account, note.issued.lines, -1n)) service.reopenedAt = revision;
      for (const one of again) scheduledAgain(account, one);
      if (data.revenue) told(account.revenue, data.revenue, bookedOn);
    },
  },
};
