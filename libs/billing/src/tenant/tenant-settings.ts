import type { TenantSettings } from '#contracts';
import { isSame, refuseAt } from '#kernel';
import { changedFormat, invoiceNumbersIn, mayBeginAlike, type InvoiceNumbers } from './invoice-numbers.js';
import { CREDIT_NOTE_NUMBERS } from './number-series.js';

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
      APART,
    );
  return settings;
};

export const APART =
  'Invoices and credit notes never have one prefix, also not one after the other; in one sequence, creditNoteNumbers is null.';

/** Two sequences with one prefix would give two documents one number. */
const isSamePrefix = (settings: TenantSettings): boolean => {
  const creditNotes = creditNoteNumbersIn(settings);
  return (
    creditNotes !== null && mayBeginAlike(creditNotes.prefix, invoiceNumbersIn(settings.invoiceNumberFormat).prefix)
  );
};

const creditNoteFormat = (
  { creditNoteNumberFormat: before }: TenantSettings,
  change: Partial<InvoiceNumbers> | null,
): string | null =>
  change === null ? null : changedFormat(before ?? CREDIT_NOTE_NUMBERS, change, '/creditNoteNumbers/prefix');

export const isSameSettings = (left: TenantSettings, right: TenantSettings): boolean =>
  isSame(
    { ...left, creditNoteNumberFormat: creditNoteFormatOf(left) },
    { ...right, creditNoteNumberFormat: creditNoteFormatOf(right) },
  );

/** Null where they share the series of the invoices. */
export const creditNoteFormatOf = ({
  creditNoteNumberFormat: format = CREDIT_NOTE_NUMBERS,
}: Pick<TenantSettings, 'creditNoteNumberFormat'>): string | null => format;

export const creditNoteNumbersIn = (
  settings: Pick<TenantSettings, 'creditNoteNumberFormat'>,
): InvoiceNumbers | null => {
  const format = creditNoteFormatOf(settings);
  return format === null ? null : invoiceNumbersIn(format);
};
