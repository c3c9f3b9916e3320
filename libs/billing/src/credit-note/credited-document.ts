import type { CreditedLine, DocumentTax, Fact } from '#contracts';
import { Decimal, money, refuse, type LineId, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { chargedOf } from '../invoice/billed-difference.js';
import { groupsOf, ratesByGroup } from '../invoice/invoice-tax.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { Invoice } from '../invoice/invoice.js';
import type { CreditNoteInput } from './credit-note.commands.js';
import type { CreditNote } from './credit-note.js';
import { creditedAmounts } from './credited-amounts.js';
import { refuseTooLarge, wantedOf, type BilledAndCredited } from './wanted-lines.js';

/** Lines, taxes and totals. @throws DomainError `credit_note_too_large`, and what is wrong with the request */
export const givenBack = (
  command: CreditNoteInput,
  { lines, charged }: Billed,
  { taxes: borne, taxation, totals }: NonNullable<Invoice['issued']>,
  notes: readonly CreditNote[],
  currency: string,
): Pick<Fact<'CreditNoteIssued'>['data'], 'lines' | 'taxes' | 'totals'> => {
  const credited = creditedBy(notes);
  const before = lines.map((line) => ({ line, ...charged(line.lineId), ...(credited.get(line.lineId) ?? NOTHING) }));
  const wanted = wantedOf(command, before, currency);
  const taxesBefore = borne.map((_, rate) =>
    notes.reduce((total, { issued }) => total + issued.taxes[rate]!.amount.minor, 0n),
  );
  const groupOf = groupsOf(lines, taxation ?? {});
  const { nets, taxes } = creditedAmounts(
    {
      amounts: lines.map(({ amount }) => amount.minor),
      groups: ratesByGroup(borne, taxation ?? {}),
      groupOf,
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
export interface Billed {
  readonly lines: readonly DocumentLine[];
  readonly charged: (lineId: LineId) => Pick<BilledAndCredited, 'charged'>;
}

/** Items have no service, and are charged as they stand. */
export const chargedBy = ({ billed }: Account): Billed['charged'] => {
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
