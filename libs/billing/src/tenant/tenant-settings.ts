import type { TenantSettings } from '#contracts';
import { refuseAt } from '#kernel';

/** Numbers of invoices: what they begin with, and the digits that their sequence has at the least. */
export interface InvoiceNumbers {
  readonly prefix: string;
  readonly digits: number;
}

export type TenantSettingsChange = Partial<Omit<TenantSettings, 'legalName' | 'invoiceNumberFormat'>> & {
  /** Null: none any more. */
  readonly legalName?: string | null;
  readonly invoiceNumbers?: Partial<InvoiceNumbers>;
};

export const DEFAULT_NET_TERMS_DAYS = 30;

/** A number that ends with its sequence alone is that of one invoice, in whatever format the others are. */
export const INVOICE_PREFIX = /^(?!TEST-$)(?:(?:[A-Za-z0-9._/-]|\{year\}|\{month\}){0,31}[A-Za-z._/-])?$/;
export const INVOICE_PREFIX_RULE =
  'A prefix has at most 32 letters, digits, “-”, “_”, “/”, “.”, {year} or {month}, and ends with neither a digit nor these two; “TEST-” is that of test accounts.';

/** @throws DomainError `invalid_invoice_prefix` */
export const changedSettings = (
  before: TenantSettings,
  { invoiceNumbers, legalName = before.legalName, ...change }: TenantSettingsChange,
): TenantSettings => {
  const { legalName: _, ...kept } = before;
  return {
    ...kept,
    ...change,
    ...(legalName === undefined || legalName === null ? {} : { legalName }),
    ...(invoiceNumbers === undefined ? {} : { invoiceNumberFormat: changedFormat(before, invoiceNumbers) }),
  };
};

const changedFormat = (before: TenantSettings, change: Partial<InvoiceNumbers>): string => {
  const { prefix, digits } = { ...invoiceNumbersIn(before), ...change };
  if (!isInvoicePrefix(prefix)) {
    return refuseAt('/invoiceNumbers/prefix', 'invalid_invoice_prefix', INVOICE_PREFIX_RULE);
  }
  return `${prefix}{sequence:${digits}}`;
};

const isInvoicePrefix = (prefix: string): boolean => prefix.length <= 32 && INVOICE_PREFIX.test(prefix);

export const isSameSettings = (left: TenantSettings, right: TenantSettings): boolean =>
  left.name === right.name &&
  left.legalName === right.legalName &&
  left.timeZone === right.timeZone &&
  left.netTermsDays === right.netTermsDays &&
  left.invoiceNumberFormat === right.invoiceNumberFormat;

export const invoiceNumbersIn = ({
  invoiceNumberFormat: format,
}: Pick<TenantSettings, 'invoiceNumberFormat'>): InvoiceNumbers => {
  const [prefix = '', digits = '1'] = format.split(/\{sequence:?(\d*)\}$/);
  return { prefix, digits: Number(digits === '' ? '1' : digits) };
};
