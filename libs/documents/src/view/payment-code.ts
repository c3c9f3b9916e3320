import type { BankAccount } from '#contracts';
import { isQrIban, majorUnits, printable, referenceOfNumber } from '#kernel';
import encodeQR from 'qr';
import type { DocumentSource } from '../document-source.js';
import { settlementOf } from '../settlement.js';
import type { PaymentCode } from './invoice-view.js';

/** 999999999.99, the most that a SEPA credit transfer can be. */
const AMOUNT_MAX = 99_999_999_999n;
/** By the guideline of the European Payments Council (EPC069-12): characters of a name, bytes of the whole. */
const [NAME_MAX, BYTES_MAX] = [70, 331];
/** White modules around the others, without which readers do not find them. */
const QUIET_ZONE = 4;

/** What is due as a QR code of the EPC, to the first account with an IBAN: of numbered invoices in euros alone. */
export const paymentCodeOf = (source: DocumentSource, label: string): PaymentCode | null => {
  const text = paymentTextOf(source);
  if (text === null || Buffer.byteLength(text) > BYTES_MAX) return null;
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: QUIET_ZONE });
  return { label, size: rows.length, path: pathOf(rows) };
};

/** QR-IBANs take Swiss references alone, which the EPC does not know. */
const paymentTextOf = ({ document: { invoice }, seller, creditNote }: DocumentSource): string | null => {
  const { number, currency } = invoice;
  const account = seller.bankAccounts?.find(({ iban }) => iban !== undefined && !isQrIban(iban));
  const { due } = settlementOf(invoice);
  const isPayable = !creditNote && currency === 'EUR' && due.minor > 0n && due.minor <= AMOUNT_MAX;
  if (!isPayable || number === null || account === undefined) return null;
  return ['BCD', '002', '1', 'SCT', account.bic ?? '', nameOf(account, seller.name), account.iban!.replaceAll(' ', '')]
    .concat(`EUR${majorUnits(due)}`, '', referenceOfNumber(number))
    .join('\n');
};

const nameOf = ({ accountHolder }: BankAccount, seller: string): string =>
  [...printable(accountHolder ?? seller).replaceAll(/\s+/gu, ' ')].slice(0, NAME_MAX).join('');

/** Dark modules that lie side by side are one rectangle. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/gu),
      ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('');
