import { allocate, Decimal, majorUnits, money, refuse, refuseAt, roundedFraction, type Money } from '#kernel';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { CreditNoteInput, LineToCredit } from './credit-note.commands.js';

/** A line of the invoice, and what of it is given back already. */
export interface BilledAndCredited {
  readonly line: DocumentLine;
  readonly amount: bigint;
  /** What is charged of its service by now, where that is known: later billings may have given back some of it. */
  readonly charged?: bigint;
  /** Units, of what was given back by units. */
  readonly quantity: Decimal;
}

/** What a note gives back of a line, in minor units. */
export interface Wanted {
  readonly amount: bigint;
  readonly quantity?: Decimal;
}

/**
 * What is to be given back of each line, by what was asked for.
 * @throws DomainError `invalid_credit_note` | `credit_note_too_large` | `invoice_line_not_found` | `currency_mismatch` | `amount_not_positive`
 */
export const wantedOf = (
  { kind, lines, amount }: Pick<CreditNoteInput, 'kind' | 'lines' | 'amount'>,
  billed: readonly BilledAndCredited[],
  currency: string,
): readonly Wanted[] => {
  const left = billed.map(restOf).reduce((total, rest) => total + rest, 0n);
  if (kind === 'cancellation') {
    if (lines ?? amount) return refuseAt('/kind', 'invalid_credit_note', 'A cancellation takes all that is left.');
    if (left <= 0n) return refuseTooLarge(money(left, currency));
    return billed.map((one) => ({ amount: restOf(one) }));
  }
  if (lines && amount) return refuse('invalid_credit_note', 'Name either lines or an amount over all of them.');
  const wanted = lines
    ? byLine(lines, billed, currency)
    : allocatedTo(checked(amount, currency, '/amount'), billed, left);
  const total = wanted.reduce((sum, one) => sum + one.amount, 0n);
  return total > left ? refuseTooLarge(money(left, currency)) : wanted;
};

/** @throws DomainError `credit_note_too_large` */
export const refuseTooLarge = (left: Money, pointer?: string): never => {
  const amount = `${majorUnits(left.minor > 0n ? left : money(0n, left.currency))} ${left.currency}`;
  const told = `Of the ${pointer === undefined || pointer.startsWith('/amount') ? 'invoice' : 'line'} ${amount} are left to be given back.`;
  return pointer === undefined
    ? refuse('credit_note_too_large', told)
    : refuseAt(pointer, 'credit_note_too_large', told);
};

const restOf = ({ line, amount, charged }: BilledAndCredited): bigint => {
  const rest = line.amount.minor - amount;
  if (rest <= 0n || charged === undefined || rest <= charged) return rest;
  return charged > 0n ? charged : 0n;
};

/** By largest remainder, to what lines above zero have left. */
const allocatedTo = (amount: Money, billed: readonly BilledAndCredited[], left: bigint): readonly Wanted[] => {
  if (amount.minor > left) return refuseTooLarge(money(left, amount.currency), '/amount/amount');
  const rests = billed.map((one) => (restOf(one) > 0n ? restOf(one) : 0n));
  return allocate(amount.minor, rests).map((part) => ({ amount: part }));
};

const byLine = (
  lines: readonly LineToCredit[],
  billed: readonly BilledAndCredited[],
  currency: string,
): readonly Wanted[] => {
  const wanted: Wanted[] = billed.map(() => ({ amount: 0n }));
  const places = new Map(billed.map(({ line }, place) => [line.lineId, place]));
  for (const [index, asked] of lines.entries()) {
    const pointer = `/lines/${index}`;
    const place = places.get(asked.lineId);
    if (place === undefined) {
      const none = `The invoice has no line “${asked.lineId.slice(0, 128)}”.`;
      return refuseAt(`${pointer}/lineId`, 'invoice_line_not_found', none, 'not_found');
    }
    const one = billed[place]!;
    const named = wanted[place]!;
    if (named.amount !== 0n)
      return refuseAt(`${pointer}/lineId`, 'invalid_credit_note', 'The line is named twice: name it once.');
    const share = shareOf(asked, one, currency, pointer);
    if (share.amount > restOf(one) || restOf(one) <= 0n) return refuseTooLarge(money(restOf(one), currency), pointer);
    wanted[place] = share;
  }
  return wanted;
};

const shareOf = (
  { all = false, quantity, amount }: LineToCredit,
  one: BilledAndCredited,
  currency: string,
  pointer: string,
): Wanted => {
  if (Number(all) + Number(quantity !== undefined) + Number(amount !== undefined) !== 1)
    return refuseAt(pointer, 'invalid_credit_note', 'Of a line, name one of all, quantity and amount.');
  if (amount) return { amount: checked(amount, currency, `${pointer}/amount`).minor };
  if (quantity === undefined) return { amount: restOf(one) };
  return { amount: ofUnits(quantity, one, `${pointer}/quantity`, currency), quantity };
};

/** As a difference, too: all units of a line come to all of its amount. */
const ofUnits = (
  quantity: Decimal,
  { line, quantity: before }: BilledAndCredited,
  pointer: string,
  currency: string,
): bigint => {
  const units = Decimal.parse(line.quantity);
  const after = before.plus(quantity);
  if (quantity.compare(Decimal.zero) <= 0)
    return refuseAt(pointer, 'amount_not_positive', 'What is given back is above zero.');
  if (units.compare(after) < 0 || line.amount.minor <= 0n)
    return refuseAt(pointer, 'credit_note_too_large', `Of the line ${units.minus(before).toString()} units are left.`);
  const amount = amountOf(after, units, line.amount.minor) - amountOf(before, units, line.amount.minor);
  if (amount === 0n) return refuseAt(pointer, 'amount_not_positive', `So few units come to nothing in ${currency}.`);
  return amount;
};

const amountOf = (quantity: Decimal, units: Decimal, amount: bigint): bigint => {
  const scale = Math.max(quantity.scale, units.scale);
  return roundedFraction(
    { numerator: amount * quantity.coefficientAt(scale), denominator: units.coefficientAt(scale) },
    'half_up',
  );
};

const checked = (amount: Money | undefined, currency: string, pointer: string): Money => {
  if (amount === undefined)
    return refuse('invalid_credit_note', 'Name lines, or an amount over all of them, or cancel what is left.');
  if (amount.currency !== currency)
    return refuseAt(`${pointer}/currency`, 'currency_mismatch', `The invoice is in ${currency}.`);
  if (amount.minor <= 0n)
    return refuseAt(`${pointer}/amount`, 'amount_not_positive', 'What is given back is above zero.');
  return amount;
};
