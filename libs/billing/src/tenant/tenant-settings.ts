import type { TenantSettings } from '#contracts';
import { refuseAt } from '#kernel';
import { CREDIT_NOTE_NUMBERS } from './number-series.js';

/** Numbers of invoices: what they begin with, and the digits that their sequence has at the least. */
export interface InvoiceNumbers {
  readonly prefix: string;
  readonly digits: number;
}

export type TenantSettingsChange = Partial<
  Omit<TenantSettings, 'legalName' | 'invoiceNumberFormat' | 'creditNoteNumberFormat'>
> & {
  /** Null: none any more. */
  readonly legalName?: string | null;
  readonly invoiceNumbers?: Partial<InvoiceNumbers>;
  /** Null: those of the invoices go on. */
  readonly creditNoteNumbers?: Partial<InvoiceNumbers> | null;
};

export const DEFAULT_NET_TERMS_DAYS = 30;

/** A number that ends with its sequence alone is that of one invoice, in whatever format the others are. */
export const INVOICE_PREFIX = /^(?!TEST-(?:CN-)?$)(?:(?:[A-Za-z0-9._/-]|\{year\}|\{month\}){0,31}[A-Za-z._/-])?$/;
export const INVOICE_PREFIX_RULE =
  'A prefix has at most 32 letters, digits, “-”, “_”, “/”, “.”, {year} or {month}, and ends with neither a digit nor these two; “TEST-” and “TEST-CN-” are those of test accounts.';

/** @throws DomainError `invalid_invoice_prefix` */
export const changedSettings = (
  before: TenantSettings,
  { invoiceNumbers, creditNoteNumbers, legalName = before.legalName, ...change }: TenantSettingsChange,
): TenantSettings => {
  const { legalName: _, ...kept } = before;
  const settings = {
    ...kept,
    ...change,
    ...(legalName === undefined || legalName === null ? {} : { legalName }),
    ...(invoiceNumbers === undefined
      ? {}
      : { invoiceNumberFormat: changedFormat(before.invoiceNumberFormat, invoiceNumbers, '/invoiceNumbers/prefix') }),
    ...(creditNoteNumbers === undefined ? {} : { creditNoteNumberFormat: creditNoteFormat(before, creditNoteNumbers) }),
  };
  if ((invoiceNumbers ?? creditNoteNumbers) && isSamePrefix(settings))
    return refuseAt(
      invoiceNumbers ? '/invoiceNumbers/prefix' : '/creditNoteNumbers/prefix',
      'invalid_invoice_prefix',
      'Invoices and credit notes have different prefixes, or one sequence: creditNoteNumbers is null then.',
    );
  return settings;
};

/** Two sequences with one prefix would give two documents one number. */
const isSamePrefix = (settings: TenantSettings): boolean =>
  creditNoteNumbersIn(settings)?.prefix === invoiceNumbersIn(settings).prefix;

const creditNoteFormat = (
  { creditNoteNumberFormat: before }: TenantSettings,
  change: Partial<InvoiceNumbers> | null,
): string | null =>
  change === null ? null : changedFormat(before ?? CREDIT_NOTE_NUMBERS, change, '/creditNoteNumbers/prefix');

const changedFormat = (before: string, change: Partial<InvoiceNumbers>, pointer: string): string => {
  const { prefix, digits } = { ...numbersIn(before), ...change };
  if (!isInvoicePrefix(prefix)) return refuseAt(pointer, 'invalid_invoice_prefix', INVOICE_PREFIX_RULE);
  return `${prefix}{sequence:${digits}}`;
};

const isInvoicePrefix = (prefix: string): boolean => prefix.length <= 32 && INVOICE_PREFIX.test(prefix);

export const isSameSettings = (left: TenantSettings, right: TenantSettings): boolean =>
  left.name === right.name &&
  left.legalName === right.legalName &&
  left.timeZone === right.timeZone &&
  left.netTermsDays === right.netTermsDays &&
  left.invoiceNumberFormat === right.invoiceNumberFormat &&
  creditNoteFormatOf(left) === creditNoteFormatOf(right);

/** Null where they share the series of the invoices. */
export const creditNoteFormatOf = ({
  creditNoteNumberFormat: format = CREDIT_NOTE_NUMBERS,
}: Pick<TenantSettings, 'creditNoteNumberFormat'>): string | null => format;

export const creditNoteNumbersIn = (
  settings: Pick<TenantSettings, 'creditNoteNumberFormat'>,
): InvoiceNumbers | null => {
  const format = creditNoteFormatOf(settings);
  return format === null ? null : numbersIn(format);
};

export const invoiceNumbersIn = ({
  invoiceNumberFormat,
}: Pick<TenantSettings, 'invoiceNumberFormat'>): InvoiceNumbers => numbersIn(invoiceNumberFormat);

const numbersIn = (format: string): InvoiceNumbers => {
  const [prefix = '', digits = '1'] = format.split(/\{sequence:?(\d*)\}$/);
  return { prefix, digits: Number(digits === '' ? '1' : digits) };
};
