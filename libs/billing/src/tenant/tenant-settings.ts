import type { TenantSettings } from '#contracts';
import { changedFormat, type InvoiceNumbers } from './invoice-numbers.js';

export type TenantSettingsChange = Partial<Omit<TenantSettings, 'legalName' | 'invoiceNumberFormat'>> & {
  /** Null: none any more. */
  readonly legalName?: string | null;
  readonly invoiceNumbers?: Partial<InvoiceNumbers>;
};

export const DEFAULT_NET_TERMS_DAYS = 30;

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
    ...(invoiceNumbers === undefined
      ? {}
      : { invoiceNumberFormat: changedFormat(before.invoiceNumberFormat, invoiceNumbers) }),
  };
};

export const isSameSettings = (left: TenantSettings, right: TenantSettings): boolean =>
  left.name === right.name &&
  left.legalName === right.legalName &&
  left.timeZone === right.timeZone &&
  left.netTermsDays === right.netTermsDays &&
  left.invoiceNumberFormat === right.invoiceNumberFormat;
