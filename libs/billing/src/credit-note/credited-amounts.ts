import { allocate } from '#kernel';
import { documentTax, type BorneRate, type TaxedDocument, type TaxMethod } from '../tax/document-tax.js';
import { linesOfGroups, partOf } from '../tax/tax-groups.js';

/** Whole minor units of each line: its amount as the invoice shows it, and what of that is net. */
export interface LineAmounts {
  readonly amounts: readonly bigint[];
  readonly nets: readonly bigint[];
}

/** An invoice, and what the notes that stand gave back of it. */
export interface Creditable {
  readonly amounts: readonly bigint[];
  /** What the lines of each group bear, and the group of each line. */
  readonly groups: readonly (readonly BorneRate[])[];
  readonly groupOf: readonly number[];
  /** Null where it bears no tax. */
  readonly method: TaxMethod | null;
  /** Taxes in the order of the groups, and of the rates within each. */
  readonly before: LineAmounts & { readonly taxes: readonly bigint[] };
}

/** The lines that bear the same. */
interface CreditableGroup extends Pick<Creditable, 'amounts' | 'before'> {
  readonly rates: readonly BorneRate[];
  readonly method: TaxMethod;
}

/** What a note gives back: of each line what is net, and of each rate the tax. */
export interface CreditedAmounts {
  readonly nets: readonly bigint[];
  readonly taxes: readonly bigint[];
}

/**
 * Taxes are found as those of the invoice were, and as a difference: what all that is given back by now comes to, less what was given back before. So whatever
 * notes there are, they end at the taxes of the invoice, and at none beyond them.
 */
export const creditedAmounts = (invoice: Creditable, wanted: readonly bigint[]): CreditedAmounts => {
  const { amounts, groups, groupOf, method, before } = invoice;
  if (method === null) return { nets: wanted, taxes: [] };
  const nets = wanted.map(() => 0n);
  const taxes: bigint[] = [];
  linesOfGroups(groupOf, groups.length).forEach((lines, group) => {
    const rates = groups[group]!;
    const known = {
      amounts: partOf(before.amounts, lines),
      nets: partOf(before.nets, lines),
      taxes: before.taxes.slice(taxes.length, taxes.length + rates.length),
    };
    const ofGroup = { amounts: partOf(amounts, lines), rates, method, before: known };
    const credited = creditedOfGroup(ofGroup, partOf(wanted, lines));
    lines.forEach((line, place) => (nets[line] = credited.nets[place]!));
    taxes.push(...credited.taxes);
  });
  return { nets, taxes };
};

const creditedOfGroup = (group: CreditableGroup, wanted: readonly bigint[]): CreditedAmounts => {
  const { amounts, rates, method, before } = group;
  if (rates.length === 0) return { nets: wanted, taxes: [] };
  const whole = documentTax(amounts, rates, method);
  const after = before.amounts.map((amount, line) => amount + wanted[line]!);
  const together = documentTax(after, rates, method);
  const left = whole.taxes.map(({ amount }, rate) => amount - before.taxes[rate]!);
  if (method.prices === 'exclusive') {
    const due = together.taxes.map(({ amount }, rate) => amount - before.taxes[rate]!);
    return {
      nets: wanted,
      taxes: due.map((amount, rate) => within(amount, smaller(0n, left[rate]!), larger(0n, left[rate]!))),
    };
  }
  const parts = method.rounding === 'line' ? amounts.map((_, line) => [line]) : [[...amounts.keys()]];
  const nets = wanted.map(() => 0n);
  for (const lines of parts) netsInside(group, { wanted, whole, together }, lines, nets);
  // Of several rates inside a price, none gets more back than it has left; what none has is net.
  const leftOfTax = left.map((amount) => larger(0n, amount));
  addTo(nets, sumOf(wanted) - sumOf(nets) - sumOf(leftOfTax), wanted);
  return { nets, taxes: allocate(sumOf(wanted) - sumOf(nets), leftOfTax) };
};

/** So much at the most, to those that have room below what is wanted of them. */
const addTo = (nets: bigint[], over: bigint, wanted: readonly bigint[]): void => {
  for (let line = 0, rest = over; rest > 0n && line < nets.length; line++) {
    const share = within(wanted[line]! - nets[line]!, 0n, rest);
    nets[line]! += share;
    rest -= share;
  }
};

interface Taxed {
  readonly wanted: readonly bigint[];
  readonly whole: TaxedDocument;
  readonly together: TaxedDocument;
}

/** Lines that are given back whole give back what was booked of them; the others share the rest, each within what it has left. */
const netsInside = (
  { amounts, before }: CreditableGroup,
  { wanted, whole, together }: Taxed,
  lines: readonly number[],
  nets: bigint[],
): void => {
  const isWhole = (line: number) => before.amounts[line]! + wanted[line]! === amounts[line]!;
  const netLeft = (line: number) => whole.nets[line]! - before.nets[line]!;
  for (const line of lines) if (isWhole(line)) nets[line] = netLeft(line);
  const partial = lines.filter((line) => wanted[line]! > 0n && !isWhole(line));
  if (partial.length === 0) return;
  const due = sumOf(lines.map((line) => together.nets[line]! - before.nets[line]! - nets[line]!));
  const shares = allocate(
    due,
    partial.map((line) => wanted[line]!),
  );
  const bounds = partial.map((line) => {
    const taxLeft = amounts[line]! - before.amounts[line]! - netLeft(line);
    return { least: larger(0n, wanted[line]! - taxLeft), most: smaller(wanted[line]!, netLeft(line)) };
  });
  const bounded = shares.map((share, index) => within(share, bounds[index]!.least, bounds[index]!.most));
  let missing = due - sumOf(bounded);
  for (const [index, line] of partial.entries()) {
    const { least, most } = bounds[index]!;
    const share = within(bounded[index]! + missing, least, most);
    missing -= share - bounded[index]!;
    nets[line] = share;
  }
};

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right);
const within = (amount: bigint, least: bigint, most: bigint): bigint => smaller(larger(amount, least), most);

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
