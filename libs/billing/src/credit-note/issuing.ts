import type { AccountFact, Fact, Revenue } from '#contracts';
import { money, refuse, sum, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { knownProfile } from '../account/profile.decider.js';
import { ownCreditApplied, settled } from '../credit/settlement.js';
import { Standing } from '../credit/standing.js';
import { invoiceOf, type Invoice } from '../invoice/invoice.js';
import { StaleFacts } from '../invoice/stale-facts.js';
import { transfersPosted } from '../payment/transfers.js';
import { creditedRevenue } from '../revenue/billed-revenue.js';
import { revenuePostings } from '../revenue/revenue.posting-rules.js';
import { grantBoughtBy } from '../wallet/wallet.js';
import type { CreditNoteCommand } from './credit-note.commands.js';
import { standingOn, type CreditNote } from './credit-note.js';
import {
  creditFromCreditNotePostings,
  creditNoteTaxPostings,
  creditNoteTaxRule,
  writtenOffReversedPostings,
} from './credit-note.posting-rules.js';
import { chargedBy, givenBack } from './credited-document.js';

type IssueCreditNote = Extract<CreditNoteCommand, { type: 'IssueCreditNote' }>;
type Issued = Fact<'CreditNoteIssued'>['data'] & { readonly revenue: Revenue };

/**
 * Gives something of an invoice back, by a document of its own: the sale is taken back as it was booked, and the customer has it to its credit, which
 * settles that invoice first. What was given up of it is taken back before anything is credited.
 */
export const issueCreditNote = (command: IssueCreditNote, account: Account): readonly AccountFact[] => {
  knownProfile(account);
  const { creditNoteId, invoiceId, bookedOn } = command;
  if (account.creditNotes.has(creditNoteId)) return [];
  const invoice = invoiceOf(account, invoiceId);
  const { status, issued } = invoice;
  if (status === 'draft') return refuse('invoice_not_finalized', 'A draft is not issued yet: change it.');
  if (status === 'void' || issued === null) return refuse('invoice_voided', 'The invoice is void.');
  if (grantBoughtBy(account, invoiceId) !== undefined)
    return refuse('invoice_is_top_up', 'The invoice sells credit of a wallet: void it, or close the wallet.');
  if (command.billed === null) throw new StaleFacts('The invoice was issued in between.');
  const notes = standingOn(invoice, account);
  const billed = { lines: command.billed, charged: chargedBy(account) };
  const given = givenBack(command, billed, issued, notes, invoice.currency);
  const settlement = settlementOf(given.totals.total, invoice, notes, account);
  const data: Issued = {
    creditNoteId,
    invoiceId,
    kind: command.kind,
    reason: command.reason,
    ...(command.memo === undefined ? {} : { memo: command.memo }),
    ...given,
    settlement,
    revenue: creditedRevenue(given.lines, -1n, account, { day: bookedOn, currency: invoice.currency }),
    linesDigest: issued.linesDigest,
    issueDate: bookedOn,
    seriesId: command.seriesId,
    personal: issued.personal,
  };
  const facts = booked(data);
  return settled([...facts, ...appliedFirst(facts, data, account)], account, command);
};

/** First what was given up, then what is due, and the rest is the customer's. */
const settlementOf = (
  total: Money,
  { id, status, currency, issued, amountPaid, amountCredited, amountFromWallet }: Invoice,
  notes: readonly CreditNote[],
  account: Account,
): Issued['settlement'] => {
  const takenBack = sum(
    notes.map((note) => note.issued.settlement.writtenOff),
    currency,
  );
  const settledBefore = amountPaid.minor + amountCredited.minor + amountFromWallet.minor;
  const unpaid = issued!.totals.total.minor - settledBefore - takenBack.minor;
  const writtenOff = status === 'uncollectible' ? least(total.minor, unpaid) : 0n;
  const credit = total.minor - writtenOff;
  const applied = least(credit, new Standing(account).owed.get(id)?.due ?? 0n);
  return {
    invoice: money(applied, currency),
    writtenOff: money(writtenOff, currency),
    credit: money(credit - applied, currency),
  };
};

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

const booked = (data: Issued): AccountFact[] => {
  const { creditNoteId, issueDate: bookedOn, taxes, settlement, revenue, totals } = data;
  const cause = { type: 'credit_note', id: creditNoteId } as const;
  const amount = creditOf(data);
  return [
    { type: 'CreditNoteIssued', data },
    ...transfersPosted(revenuePostings(revenue, totals.total.currency), {
      cause,
      rule: 'credit_note_issued',
      bookedOn,
    }),
    ...[...Map.groupBy(taxes, creditNoteTaxRule)].flatMap(([rule, ofRule]) =>
      transfersPosted(ofRule.flatMap(creditNoteTaxPostings), { cause, rule, bookedOn }),
    ),
    ...transfersPosted(writtenOffReversedPostings(settlement.writtenOff), {
      cause,
      rule: 'written_off_reversed',
      bookedOn,
    }),
    ...(amount.minor === 0n
      ? []
      : [
          { type: 'CustomerCreditAdded', data: { amount, cause, bookedOn } } as const,
          ...transfersPosted(creditFromCreditNotePostings(amount), {
            cause,
            rule: 'credit_from_credit_note',
            bookedOn,
          }),
        ]),
  ];
};

/** All that a note gave as credit, also what settled its invoice at once. */
export const creditOf = ({ settlement: { invoice, credit } }: Pick<Issued, 'settlement'>): Money =>
  sum([invoice, credit], invoice.currency);

/** Its credit settles the invoice that it is of, before any other. */
const appliedFirst = (
  facts: readonly AccountFact[],
  { creditNoteId, invoiceId, settlement, issueDate }: Issued,
  account: Account,
): readonly AccountFact[] => {
  const amount = settlement.invoice;
  if (amount.minor === 0n) return [];
  const standing = new Standing(account, facts);
  const own = { cause: { type: 'credit_note', id: creditNoteId }, amount } as const;
  return ownCreditApplied(standing, standing.owed.get(invoiceId)!, own, issueDate);
};
