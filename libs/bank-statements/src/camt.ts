import type { Money } from '#kernel';
import { bookingOf } from './camt-booking.js';
import { signedAt } from './camt-values.js';
import { compact } from './statement-text.js';
import type { ParsedStatement } from './statement.js';
import { malformed } from './malformed.js';
import { allAt, parseXml, textAt, type XmlNode } from './xml.js';

const FORMS = [
  { path: ['BkToCstmrStmt', 'Stmt'], balances: true },
  { path: ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'], balances: false },
] as const;

/** camt.053 and camt.054, of any version: what is read stands in the same places in all, or in either of two. */
export const camtStatements = (text: string): ParsedStatement[] => {
  const document = parseXml(text);
  const statements = FORMS.flatMap(({ path, balances }) =>
    allAt(document, 'Document', ...path).map((node) => statementOf(node, balances)),
  );
  return statements.length > 0
    ? statements
    : malformed('It has no statement (camt.053) and no notification (camt.054).');
};

const statementOf = (node: XmlNode, withBalances: boolean): ParsedStatement => {
  const reference = textAt(node, 'Id') ?? malformed('A statement has no <Id>.');
  const place = `Statement ${reference}`;
  const iban = textAt(node, 'Acct', 'Id', 'IBAN');
  const number = textAt(node, 'Acct', 'Id', 'Othr', 'Id');
  const bookings = allAt(node, 'Ntry')
    .filter((entry) => statusOf(entry) === 'BOOK')
    .map((entry, index) => bookingOf(entry, `${place}, entry ${index + 1}`));
  const { opening, closing } = withBalances ? balancesOf(node, place) : { opening: null, closing: null };
  return {
    reference,
    account: { ...(iban === undefined ? {} : { iban: compact(iban) }), ...(number === undefined ? {} : { number }) },
    currency: textAt(node, 'Acct', 'Ccy') ?? opening?.currency ?? bookings[0]?.whole.amount.currency ?? null,
    opening,
    closing,
    bookings,
  };
};

/** `<Sts>BOOK</Sts>` until version 7, `<Sts><Cd>BOOK</Cd></Sts>` since. What says nothing is booked. */
const statusOf = (entry: XmlNode): string => textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK';

/** Pages of a statement begin or end with an interim balance (`ITBD`). */
const balancesOf = (node: XmlNode, place: string): { opening: Money | null; closing: Money | null } => {
  const told = allAt(node, 'Bal').map((balance) => ({
    code: textAt(balance, 'Tp', 'CdOrPrtry', 'Cd'),
    amount: signedAt(balance, `${place}, balance`) ?? malformed(`${place}: a balance has no amount.`),
  }));
  const of = (...codes: string[]) => told.filter(({ code }) => code !== undefined && codes.includes(code));
  const interim = of('ITBD');
  return {
    opening: (of('OPBD')[0] ?? of('PRCD')[0] ?? interim[0])?.amount ?? null,
    closing: (of('CLBD')[0] ?? interim.at(-1))?.amount ?? null,
  };
};
