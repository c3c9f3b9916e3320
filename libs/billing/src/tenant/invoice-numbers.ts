import { refuseAt } from '#kernel';

/** Numbers of invoices: what they begin with, and the digits that their sequence has at the least. */
export interface InvoiceNumbers {
  readonly prefix: string;
  readonly digits: number;
}

/** A number that ends with its sequence alone is that of one invoice, in whatever format the others are. */
export const INVOICE_PREFIX = /^(?!TEST-)(?:(?:[A-Za-z0-9._/-]|\{year\}|\{month\}){0,31}[A-Za-z._/-])?$/;
export const INVOICE_PREFIX_RULE =
  'A prefix has at most 32 letters, digits, “-”, “_”, “/”, “.”, {year} or {month}, and ends with neither a digit nor these two; what begins with “TEST-” is of test accounts.';

/** @throws DomainError `invalid_invoice_prefix` */
export const changedFormat = (before: string, change: Partial<InvoiceNumbers>, pointer: string): string => {
  const { prefix, digits } = { ...invoiceNumbersIn(before), ...change };
  if (change.prefix !== undefined && !isInvoicePrefix(prefix)) {
    return refuseAt(pointer, 'invalid_invoice_prefix', INVOICE_PREFIX_RULE);
  }
  return `${prefix}{sequence:${digits}}`;
};

const isInvoicePrefix = (prefix: string): boolean => prefix.length <= 32 && INVOICE_PREFIX.test(prefix);

export const invoiceNumbersIn = (format: string): InvoiceNumbers => {
  const [prefix = '', digits = '1'] = format.split(/\{sequence:?(\d*)\}$/);
  return { prefix, digits: Number(digits === '' ? '1' : digits) };
};

/** Whether numbers of two prefixes could be the same, in some year and month. */
export const mayBeginAlike = (left: string, right: string): boolean => {
  const [own, other] = [withDigits(left), withDigits(right)];
  return own.length === other.length && own.every((sign, at) => mayBeSame(sign, other[at]!));
};

/** `#` where a digit of the day of issue will stand. */
const withDigits = (prefix: string): readonly string[] => [
  ...prefix.replaceAll('{year}', '####').replaceAll('{month}', '##'),
];

const mayBeSame = (left: string, right: string): boolean =>
  left === right || (left === '#' && isDigit(right)) || (right === '#' && isDigit(left));

const isDigit = (sign: string): boolean => /^\d$/u.test(sign);
