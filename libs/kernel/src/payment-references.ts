import { sha1Hex } from './digest.js';

/** ISO 7064 mod 97-10, as creditor references have it: letters count from A = 10. */
const remainder97 = (text: string): number => {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
};

const CREDITOR_REFERENCE = /^RF\d{2}[A-Z\d]{1,21}$/u;

/** Whether a text, without blanks, is a creditor reference (ISO 11649): `RF18539007547034`. */
export const isCreditorReference = (text: string): boolean =>
  CREDITOR_REFERENCE.test(text) && remainder97(text.slice(4) + text.slice(0, 4)) === 1;

/** The creditor reference of 1 to 21 letters and digits. */
const creditorReference = (text: string): string => {
  const check = 98 - remainder97(`${text}RF00`);
  return `RF${String(check).padStart(2, '0')}${text}`;
};

/**
 * The reference by which payments of a document find it (ISO 11649): its number in capital letters and digits, so that people
 * recognise it; of a number that is too long for that, or has other letters, a digest.
 */
export const referenceOfNumber = (number: string): string => {
  const plain = number.toUpperCase().replaceAll(/[^A-Z\d]/gu, '');
  const said = plain.length > 0 && plain.length <= 21 && !/[^\p{ASCII}]/u.test(number);
  return creditorReference(said ? plain : digitsOf(number, 20));
};

/** `RF18 5390 0754 7034`: how people read one. */
export const groupedReference = (reference: string): string => reference.replaceAll(/(.{4})(?=.)/gu, '$1 ');

const CARRY = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const;

/** The check digit of Swiss references: modulo 10, recursive. */
const recursiveCheckDigit = (digits: string): number => {
  let carry = 0;
  for (const digit of digits) carry = CARRY[(carry + Number(digit)) % 10]!;
  return (10 - carry) % 10;
};

/** Whether a text, without blanks, is a Swiss QR reference: 27 digits, the last of which checks the others. */
export const isQrReference = (text: string): boolean =>
  /^\d{27}$/u.test(text) && /[1-9]/u.test(text) && recursiveCheckDigit(text.slice(0, 26)) === Number(text[26]);

/** Swiss QR references belong to accounts whose institution has a number from 30000 to 31999, and to no others. */
export const isQrIban = (iban: string): boolean =>
  /^(?:CH|LI)\d{2}3[01]\d{3}[A-Z\d]{12}$/u.test(iban.replaceAll(' ', ''));

/** The QR reference of a document, by its number: it has digits alone, so that they are those of a digest. */
export const qrReferenceOfNumber = (number: string): string => {
  const digits = digitsOf(number, 26);
  return `${digits}${recursiveCheckDigit(digits)}`;
};

/** What a document of this number asks to be paid with, to an account: the reference that the account's banks carry. */
export const referenceFor = (number: string, iban: string | undefined): string =>
  iban !== undefined && isQrIban(iban) ? qrReferenceOfNumber(number) : referenceOfNumber(number);

/** What may be structured references in a text, with blanks or without, each once; their check digits are right. */
export const referencesIn = (text: string): string[] => {
  const upper = text.toUpperCase();
  const creditor = [...upper.matchAll(/\bRF ?\d{2}/gu)].flatMap(({ index }) => runsAt(upper.slice(index, index + 40)));
  const digits = [...upper.matchAll(/(?<!\d)\d(?: ?\d){26}(?! ?\d)/gu)].map(([found]) => found.replaceAll(' ', ''));
  return [...new Set([...creditor, ...digits.filter(isQrReference)])];
};

/** Blanks in a reference look like those behind it: each run of whole words whose check digits are right may be the one. */
const runsAt = (text: string): string[] => {
  const words = text.split(/[^A-Z\d]+/u);
  return words.map((_, index) => words.slice(0, index + 1).join('')).filter(isCreditorReference);
};

const digitsOf = (text: string, count: number): string =>
  (BigInt(`0x${sha1Hex(new Uint8Array(), text)}`) % 10n ** BigInt(count)).toString().padStart(count, '0');

/** Letters and digits of a number, so that blanks, dashes and case do not matter. */
export const plainNumber = (number: string): string => number.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
