import type { AccountFact, Fact, CreditPart } from '#contracts';
import { money, type InvoiceId, type LocalDate, type Money } from '#kernel';
import { availableBalance, type LedgerCode, type Transfer } from '#ledger';
import type { Account } from '../account/account.state.js';
import { amountDue, atLeastZero, type InvoiceStatus } from '../invoice/invoice.js';
import { addCredit, creditFrom, giveCreditBack, takeCredit, takeCreditBack, type CreditLots } from './credit-lots.js';

/** An issued invoice while a decision is being made. */
export interface Owed {
  readonly invoiceId: InvoiceId;
  /** As it was before the decision; `draft` if the decision issues it. */
  readonly status: InvoiceStatus;
  readonly overdue: boolean;
  readonly reopenings: number;
  /** How often something was booked in its name: tells apart what is booked under one rule. */
  readonly bookings: number;
  readonly dueOn: LocalDate;
  owedFrom: LocalDate;
  due: bigint;
  /** The last day on which the decision settles something of it. */
  settledOn: LocalDate | null;
  /** Something that had settled it is gone. */
  takenBack: boolean;
  /** What is gone is a payment that was reversed: it counts as open until it is said to be paid again. */
  unsettled: boolean;
}

const CREDIT: LedgerCode = 'customer_credit';

/**
 * What an account owes and has to its credit, with the facts of a decision counted in while it is still being made: what those
 * leave owed and in credit side by side is matched before they are stored.
 */
export class Standing {
  readonly owed = new Map<InvoiceId, Owed>();
  readonly lots: CreditLots;
  /** Credit that no pending transfer has reserved, in minor units. */
  free: bigint;
  readonly currency: string;

  constructor(
    private readonly account: Account,
    facts: readonly AccountFact[] = [],
  ) {
    this.currency = account.profile!.currency;
    this.lots = new Map(account.credits);
    this.free = availableBalance(account.book, CREDIT, this.currency);
    for (const invoice of account.invoices.values()) {
      const { id, status, overdue, reopenings, postings, issued, owedFrom } = invoice;
      if (status === 'draft' || status === 'void' || issued === null) continue;
      const kept = { invoiceId: id, status, overdue, reopenings, bookings: postings.length, dueOn: issued.dueOn };
      const due = status === 'open' ? amountDue(invoice).minor : 0n;
      this.owed.set(id, {
        ...kept,
        owedFrom: owedFrom ?? issued.issueDate,
        due,
        settledOn: null,
        takenBack: false,
        unsettled: false,
      });
    }
    for (const fact of facts) this.count(fact);
  }

  /** Invoices that something is owed on, the oldest due first; of one day, in the order in which they were issued. */
  get open(): Owed[] {
    return [...this.owed.values()]
      .filter(({ due }) => due > 0n)
      .sort((left, right) => (left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0));
  }

  /** Credit that invoices may use: what is free of it, without what waits to be applied. */
  get usable(): bigint {
    const held = [...this.lots.values()].reduce((total, { left, held }) => total + (held && left > 0n ? left : 0n), 0n);
    return this.free > held ? this.free - held : 0n;
  }

  amount(minor: bigint): Money {
    return money(minor, this.currency);
  }

  count(fact: AccountFact): void {
    switch (fact.type) {
      case 'InvoiceFinalized': {
        const { invoiceId, totals, dueOn, issueDate } = fact.data;
        const due = atLeastZero(totals.total).minor;
        const fresh = {
          status: 'draft',
          overdue: false,
          reopenings: 0,
          bookings: 0,
          takenBack: false,
          unsettled: false,
        } as const;
        this.owed.set(invoiceId, { ...fresh, invoiceId, dueOn, owedFrom: issueDate, due, settledOn: null });
        return;
      }
      case 'InvoiceVoided':
        return this.void(fact.data);
      case 'InvoiceMarkedUncollectible':
        this.owed.delete(fact.data.invoiceId);
        return;
      case 'PaymentAllocated':
        return this.settle(fact.data, fact.data.bookedOn);
      case 'PaymentReversed': {
        const { paymentId, allocations, credit, bookedOn } = fact.data;
        for (const part of allocations) this.owe(part, bookedOn).unsettled = true;
        return takeCreditBack(this.lots, { cause: { type: 'payment', id: paymentId }, amount: credit }, bookedOn);
      }
      case 'RefundIssued':
        for (const part of fact.data.allocations) this.owe(part, fact.data.bookedOn);
        return takeCredit(this.lots, fact.data.sources);
      case 'CustomerCreditAdded':
        return addCredit(this.lots, fact.data, fact.data.bookedOn, fact.data.held);
      case 'CreditNoteVoided': {
        const { creditNoteId, credit, bookedOn } = fact.data;
        return takeCreditBack(
          this.lots,
          { cause: { type: 'credit_note', id: creditNoteId }, amount: credit },
          bookedOn,
        );
      }
      case 'WalletApplied':
        return this.settle(fact.data, fact.data.bookedOn);
      case 'CustomerCreditApplied':
        this.settle(fact.data, fact.data.bookedOn);
        return takeCredit(this.lots, fact.data.sources ?? creditFrom(this.lots.values(), fact.data.amount));
      case 'CustomerCreditUnapplied':
        this.owe(fact.data, fact.data.bookedOn);
        return giveCreditBack(this.lots, fact.data.sources, fact.data.bookedOn);
      case 'TransferPosted':
      case 'TransferPended':
      case 'PendingTransferPosted':
      case 'PendingTransferVoided':
      case 'PendingTransferExpired':
        this.free += freed(fact);
        if (
          fact.type === 'PendingTransferPosted' ||
          (fact.type === 'TransferPosted' && fact.data.cause.type === 'transfer')
        )
          moveRequestedCredit(this.lots, fact.data);
        return;
      default:
        return;
    }
  }

  private settle({ invoiceId, amount }: { invoiceId: InvoiceId; amount: Money }, on: LocalDate): void {
    const owed = this.owed.get(invoiceId)!;
    owed.due -= amount.minor;
    owed.settledOn = owed.settledOn === null || owed.settledOn < on ? on : owed.settledOn;
  }

  private owe({ invoiceId, amount }: { invoiceId: InvoiceId; amount: Money }, on: LocalDate): Owed {
    const owed = this.owed.get(invoiceId)!;
    owed.due += amount.minor;
    owed.takenBack = true;
    if (owed.owedFrom < on) owed.owedFrom = on;
    return owed;
  }

  private void({ invoiceId, bookedOn }: Fact<'InvoiceVoided'>['data']): void {
    const { creditSources, issued } = this.account.invoices.get(invoiceId)!;
    this.owed.delete(invoiceId);
    unwindVoided(this.lots, {
      invoiceId,
      creditSources,
      bookedOn,
      credited: atLeastZero(money(-(issued?.totals.total.minor ?? 0n), this.currency)),
    });
  }
}

interface VoidedCredit {
  readonly invoiceId: InvoiceId;
  readonly creditSources: readonly CreditPart[];
  readonly credited: Money;
  readonly bookedOn: LocalDate;
}

/** A void invoice gives back the credit that settled it, and takes back what it had given. */
export const unwindVoided = (
  lots: CreditLots,
  { invoiceId, creditSources, credited, bookedOn }: VoidedCredit,
): void => {
  giveCreditBack(lots, creditSources, bookedOn);
  takeCreditBack(lots, { cause: { type: 'invoice', id: invoiceId }, amount: credited }, bookedOn);
};

/** Credit that a requested transfer gives is a lot of its own; what it takes, it takes from the oldest. */
export const moveRequestedCredit = (
  lots: CreditLots,
  {
    transferId,
    debit,
    credit,
    amount,
    bookedOn,
  }: Pick<Transfer, 'transferId' | 'debit' | 'credit' | 'amount' | 'bookedOn'>,
): void => {
  const part: CreditPart = { cause: { type: 'transfer', id: transferId }, amount };
  if (credit === CREDIT) addCredit(lots, part, bookedOn);
  if (debit === CREDIT) takeCreditBack(lots, part, bookedOn);
};

type TransferFact = Extract<AccountFact, { data: { debit: LedgerCode } }>;

/** What a transfer does to the credit that may be used. */
const freed = ({ type, data }: TransferFact): bigint => {
  const { debit, credit, amount } = data;
  switch (type) {
    case 'TransferPosted':
      return (credit === CREDIT ? amount.minor : 0n) - (debit === CREDIT ? amount.minor : 0n);
    case 'TransferPended':
      return debit === CREDIT ? -amount.minor : 0n;
    case 'PendingTransferPosted':
      return (credit === CREDIT ? amount.minor : 0n) + (debit === CREDIT ? data.reserved.minor - amount.minor : 0n);
    case 'PendingTransferVoided':
    case 'PendingTransferExpired':
      return debit === CREDIT ? amount.minor : 0n;
  }
};
