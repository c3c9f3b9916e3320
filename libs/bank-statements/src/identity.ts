import { sha256Hex } from '#kernel';
import type { BankLine, Booking, IdentifiedLine } from './statement.js';

/**
 * Names lines so that the same one is the same in every file: by the reference of the bank, its day and amount, else by all that it
 * says. What is equal in all of that is counted within its day, since files have whole days: the second of two is another one.
 */
export class LineIdentities {
  private readonly seen = new Map<string, number>();

  of({ whole, parts }: Booking): IdentifiedLine[] {
    const identity = this.next(whole);
    if (parts.length === 0) return [{ ...whole, identity }];
    return parts.map((part) => ({ ...part, identity: this.next(part, identity), partOf: identity }));
  }

  private next(line: BankLine, partOf = ''): string {
    const key = digestOf(partOf, ...said(line));
    const nth = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, nth);
    return digestOf(key, String(nth));
  }
}

/** Banks give one reference to a booking and to its charges or its return: with the amount it is one of them. */
const said = ({ bankReference, bookedOn, amount, endToEndId, references, text, counterparty }: BankLine): string[] => {
  const booked = [bookedOn, String(amount.minor), amount.currency];
  return bankReference === undefined
    ? [
        'line',
        ...booked,
        endToEndId ?? '',
        references.join(' '),
        text,
        counterparty.name ?? '',
        counterparty.iban ?? '',
      ]
    : ['reference', ...booked, bankReference];
};

const digestOf = (...parts: readonly string[]): string => sha256Hex(JSON.stringify(parts));
