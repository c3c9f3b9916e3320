import type { AccountFact, CreditedLine, DocumentTax, Fact, Revenue } from '#contracts';
import { Decimal, money, refuse, sum, type LineId, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { knownProfile } from '../account/profile.decider.js';
import { creditApplied, settled } from '../credit/settlement.js';
import { Standing } from '../credit/standing.js';
import { chargedOf } from '../invoice/billed-difference.js';
import { groupsOf, ratesByGroup } from '../invoice/invoice-tax.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
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
import { creditedAmounts } from './credited-amounts.js';
import { refuseTooLarge, wantedOf, type BilledAndCredited } from './wanted-lines.js';

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

/** Lines, taxes and totals. @throws DomainError `credit_note_too_large`, and what is wrong with the request */
const givenBack = (
  command: IssueCreditNote,
  { lines, charged }: Billed,
  { taxes: borne, taxation, totals }: NonNullable<Invoice['issued']>,
  notes: readonly CreditNote[],
  currency: string,
): Pick<Issued, 'lines' | 'taxes' | 'totals'> => {
  const credited = creditedBy(notes);
  const before = lines.map((line) => ({ line, ...charged(line.lineId), ...(credited.get(line.lineId) ?? NOTHING) }));
  const wanted = wantedOf(command, before, currency);
  const taxesBefore = borne.map((_, rate) =>
    notes.reduce((total, { issued }) => total + issued.taxes[rate]!.amount.minor, 0n),
  );
  const { nets, taxes } = creditedAmounts(
    {
      amounts: lines.map(({ amount }) => amount.minor),
      groups: ratesByGroup(borne, taxation ?? {}),
      groupOf: groupsOf(lines, taxation ?? {}),
      method: taxation ?? null,
      before: {
        amounts: before.map(({ amount }) => amount),
        nets: before.map(({ net }) => net),
        taxes: taxesBefore,
      },
    },
    wanted.map(({ amount }) => amount),
  );
  const subtotal = nets.reduce((total, net) => total + net, 0n);
  const groupOf = groupsOf(lines, taxation ?? {});
  const netOfGroup = (group: number) =>
    nets.reduce((total, net, line) => (groupOf[line] === group ? total + net : total), 0n);
  const tax = taxes.reduce((total, amount) => total + amount, 0n);
  const left = totals.total.minor - notes.reduce((total, { issued }) => total + issued.totals.total.minor, 0n);
  if (subtotal + tax > left) return refuseTooLarge(money(left, currency));
  if (subtotal + tax <= 0n)
    return refuse('amount_not_positive', 'With its tax, it comes to nothing that could be given back.');
  return {
    lines: lines.flatMap((line, index) => creditedLine(line, wanted[index]!, money(nets[index]!, currency))),
    taxes: taxesOf(borne, taxes, netOfGroup, currency),
    totals: {
      subtotal: money(subtotal, currency),
      tax: money(tax, currency),
      total: money(subtotal + tax, currency),
    },
  };
};

/** The lines of the invoice, and what of the service of each is charged by now. */
interface Billed {
  readonly lines: readonly DocumentLine[];
  readonly charged: (lineId: LineId) => Pick<BilledAndCredited, 'charged'>;
}

/** Items have no service, and are charged as they stand. */
const chargedBy = ({ billed }: Account): Billed['charged'] => {
  const charged = new Map<LineId, bigint>();
  for (const { lines } of billed.values()) {
    const ofService = lines.reduce((total, line) => total + chargedOf(line), 0n);
    for (const { lineId } of lines) charged.set(lineId, ofService);
  }
  return (lineId) => {
    const known = charged.get(lineId);
    return known === undefined ? {} : { charged: known };
  };
};

type Credited = Omit<BilledAndCredited, 'line' | 'charged'> & { readonly net: bigint };

const NOTHING: Credited = { amount: 0n, net: 0n, quantity: Decimal.zero };

/** What notes gave back of each line. */
const creditedBy = (notes: readonly CreditNote[]): ReadonlyMap<LineId, Credited> => {
  const credited = new Map<LineId, Credited>();
  for (const { lineId, amount, net, quantity } of notes.flatMap(({ issued }) => issued.lines)) {
    const known = credited.get(lineId) ?? NOTHING;
    credited.set(lineId, {
      amount: known.amount + amount.minor,
      net: known.net + net.minor,
      quantity: quantity === undefined ? known.quantity : known.quantity.plus(Decimal.parse(quantity)),
    });
  }
  return credited;
};

const creditedLine = (
  line: DocumentLine,
  { amount, quantity }: { readonly amount: bigint; readonly quantity?: Decimal },
  net: Money,
): CreditedLine[] =>
  amount === 0n && net.minor === 0n
    ? []
    : [
        {
          lineId: line.lineId,
          ...(quantity === undefined ? {} : { quantity: quantity.toString() }),
          amount: money(amount, net.currency),
          net,
          ...(line.kind === 'one_off' && line.adjusts !== undefined ? { adjusts: line.adjusts } : {}),
        },
      ];

/** Those of a group stand together, in the order in which they are levied. */
const taxesOf = (
  borne: readonly DocumentTax[],
  amounts: readonly bigint[],
  netOfGroup: (group: number) => bigint,
  currency: string,
): DocumentTax[] =>
  borne.map((tax, rate) => {
    const { group = 0 } = tax;
    const levied = amounts.slice(0, rate).filter((_, place) => (borne[place]!.group ?? 0) === group);
    const before = tax.compound === true ? levied.reduce((sum, amount) => sum + amount, 0n) : 0n;
    return { ...tax, base: money(netOfGroup(group) + before, currency), amount: money(amounts[rate]!, currency) };
  });

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
  const { minor } = settlement.invoice;
  if (minor === 0n) return [];
  const standing = new Standing(account, facts);
  return creditApplied(standing, [standing.owed.get(invoiceId)!], minor, issueDate, [standing.lots.get(creditNoteId)!]);
};
