import type { Fact } from '#contracts';
import { earlier, money, negated, refuse, type Instant, type Money, type SubscriptionId } from '#kernel';
import type { Account, BilledLine } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import { creditUnapplied, isCreditThere, settled } from '../credit/settlement.js';
import { correctionsVoided, isCorrection } from '../credit-note/correction.js';
import { standingOn } from '../credit-note/credit-note.js';
import { transfersPosted } from '../payment/transfers.js';
import { voidedRevenue } from '../revenue/billed-revenue.js';
import { walletsOfVoid } from '../wallet/released-wallets.js';
import { grantBoughtBy } from '../wallet/wallet.js';
import type { InvoiceCommand } from './invoice.commands.js';
import { amountDue, atLeastZero, type Invoice } from './invoice.js';
import { billAgainTimer } from './late-billing.js';
import { billedDueAt } from './billed-charge.js';
import { invoiceVoidedPostings } from './invoice.posting-rules.js';

type VoidInvoice = Extract<InvoiceCommand, { type: 'VoidInvoice' }>;

/** Takes a finalized invoice back: what it booked is reversed, what it billed is due again, unless that is given up. */
export const voidInvoice = (command: VoidInvoice, invoice: Invoice, account: Account) => {
  openProfile(account);
  const { id, status, currency, amountPaid, amountCredited, postings } = invoice;
  const { bookedOn, reason, billAgain } = command;
  if (status === 'void') return [];
  if (status === 'draft') return refuse('invoice_not_finalized', 'A draft is not issued yet.');
  if (status === 'uncollectible') return refuse('invoice_not_open', 'The invoice was written off.');
  if (!standingOn(invoice, account).every(isCorrection))
    return refuse('invoice_has_credit_notes', 'The invoice has credit notes: void those first.');
  if (amountPaid.minor !== 0n) return refuse('invoice_has_payments', 'The invoice is paid, whole or in part.');
  const credited = creditGiven(invoice);
  const unapplied = creditUnapplied(account, id, credited.minor, bookedOn);
  if (!isCreditThere(account, unapplied, credited))
    return refuse(
      'customer_credit_already_paid_out',
      'The credit that the invoice gave was paid out or moved elsewhere.',
    );
  const subtotal = grantBoughtBy(account, id) === undefined ? invoice.issued!.totals.subtotal.minor : 0n;
  const revenue = voidedRevenue(id, subtotal, account, { day: bookedOn, currency });
  const wallets = walletsOfVoid(invoice, account, command);
  const facts = [
    ...unapplied,
    ...correctionsVoided(invoice, command, account),
    {
      type: 'InvoiceVoided',
      data: {
        invoiceId: id,
        ...(reason === undefined ? {} : { reason }),
        bookedOn,
        amountDue: amountDue(invoice),
        creditReturned: money(amountCredited.minor - credited.minor, currency),
        reopened: billAgain ? reopened(({ invoiceId }) => invoiceId === id, account, command) : [],
        ...(billAgain ? {} : { waived: true as const }),
        revenue,
      },
    } as const,
    ...transfersPosted(invoiceVoidedPostings(postings, revenue, currency), {
      cause: { type: 'invoice', id },
      rule: 'invoice_voided',
      bookedOn,
    }),
    ...wallets,
  ];
  return settled(facts, account, command);
};

/** Services that such lines bill are due again: at once for billing runs, a little later for the agenda. */
export const reopened = (
  isTaken: (line: BilledLine) => boolean,
  account: Account,
  { catalog, now }: Pick<VoidInvoice, 'catalog' | 'now'>,
): Fact<'InvoiceVoided'>['data']['reopened'] => {
  const due = new Map<SubscriptionId, Instant>();
  for (const billed of account.billed.values()) {
    const { subscriptionId, lines } = billed;
    if (!lines.some(isTaken)) continue;
    const subscription = account.subscriptions.get(subscriptionId)!;
    const known = due.get(subscriptionId) ?? subscription.schedule.nextBillAt;
    const at = billedDueAt(billed, subscription, catalog);
    due.set(subscriptionId, known === null ? at : earlier(known, at));
  }
  return [...due].map(([subscriptionId, nextBillAt]) => {
    const timer = billAgainTimer(account.subscriptions.get(subscriptionId)!, now);
    return { subscriptionId, nextBillAt, ...(timer === undefined ? {} : { timer }) };
  });
};

/** What a finalized invoice with a total below zero gave as customer credit. */
export const creditGiven = ({ issued, currency }: Invoice): Money =>
  issued ? atLeastZero(negated(issued.totals.total)) : money(0n, currency);
