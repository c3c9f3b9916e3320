import { decimalOfJsonNumber } from '#kernel';

/** A number that no double is equal to, as it was written. Written out again, it is the same. */
export interface ExactNumber {
  readonly rawJSON: string;
}

/** Of ECMAScript 2026: TypeScript has no types of it yet. */
const exactly = JSON as unknown as {
  rawJSON(source: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
};

export const isExactNumber = (value: unknown): value is ExactNumber => exactly.isRawJSON(value);

/** Long runs of digits, and exponents, also within texts: what has none of them holds no such number. */
const SUSPICIOUS = /\d[\d.]{15}|\d[eE][+-]?\d/;

export const mayHoldExactNumbers = (text: string): boolean => SUSPICIOUS.test(text);

/** JSON whose numbers stay what they were sent as. Slower: for texts that may hold such numbers. */
export const parseExactly = (text: string): unknown =>
  exactly.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !isEqual(value, source!) ? exactly.rawJSON(source!) : value,
  );

const isEqual = (value: number, source: string): boolean => {
  const read = String(value);
  return read === source || decimalOfJsonNumber(read) === decimalOfJsonNumber(source);
};

/** The plain decimal of a number as it was written. */
export const decimalOf = (value: number | ExactNumber): string =>
  decimalOfJsonNumber(typeof value === 'number' ? String(value) : value.rawJSON);
