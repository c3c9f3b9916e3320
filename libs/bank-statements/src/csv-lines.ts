import { negated, type LocalDate, type Money } from '#kernel';
import { CsvError, parse } from 'csv-parse/sync';
import { amountAt, dateAt, malformed } from './malformed.js';
import { compact } from './statement-text.js';
import type { BankLine, BankStatement } from './statement.js';
import { wholeStatements } from './whole-statements.js';

/** Which column of a bank's CSV says what. Columns are named as in the line of headings. */
export interface CsvMapping {
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** Lines before that of the headings. */
  readonly skipLines: number;
  /** How days are written. */
  readonly dateOrder: 'YMD' | 'DMY' | 'MDY';
  readonly decimalMark: '.' | ',';
  readonly currency: string;
  readonly columns: {
    readonly bookedOn: string;
    readonly valueOn?: string;
    /** With its sign; or two columns without. */
    readonly amount?: string;
    readonly credit?: string;
    readonly debit?: string;
    readonly text: readonly string[];
    readonly name?: string;
    readonly iban?: string;
    readonly bankReference?: string;
    readonly reference?: string;
  };
}

type Row = Readonly<Record<string, string>>;

/** A CSV file as one statement, without balances. @throws DomainError `statement_malformed` */
export const csvStatement = (text: string, mapping: CsvMapping, account: BankStatement['account']): BankStatement[] => {
  const rows = rowsOf(text, mapping);
  const bookings = rows.map((row, index) => ({ whole: lineOf(row, mapping, `Record ${index + 1}`), parts: [] }));
  return wholeStatements([
    { reference: 'CSV', account, currency: mapping.currency, opening: null, closing: null, bookings },
  ]);
};

const rowsOf = (text: string, { delimiter, skipLines, columns }: CsvMapping): Row[] => {
  const lines = text
    .split(/(?<=\n)/u)
    .slice(skipLines)
    .join('');
  try {
    const [headings, ...records] = parse(lines, {
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      bom: true,
    });
    if (headings === undefined) return malformed('It has no line of headings.');
    for (const name of Object.values(columns).flat())
      if (!headings.includes(name)) return malformed(`It has no column “${name.slice(0, 64)}”.`);
    return records.map((record) => Object.fromEntries(headings.map((name, index) => [name, record[index] ?? ''])));
  } catch (thrown) {
    if (thrown instanceof CsvError) return malformed(thrown.message);
    throw thrown;
  }
};

const lineOf = (row: Row, mapping: CsvMapping, place: string): BankLine => {
  const { columns } = mapping;
  const told = (name: string | undefined) => (name === undefined ? '' : (row[name] ?? ''));
  const [value, name, iban, bankReference, reference] = [
    told(columns.valueOn),
    told(columns.name),
    compact(told(columns.iban)),
    told(columns.bankReference),
    compact(told(columns.reference)),
  ];
  return {
    amount: amountOf(told, mapping, place),
    bookedOn: dayOf(told(columns.bookedOn), mapping, place),
    ...(value === '' ? {} : { valueOn: dayOf(value, mapping, place) }),
    reversal: false,
    ...(bankReference === '' ? {} : { bankReference }),
    references: reference === '' ? [] : [reference],
    text: columns.text.map(told).filter(Boolean).join(' '),
    counterparty: { ...(name === '' ? {} : { name }), ...(iban === '' ? {} : { iban }) },
  };
};

const amountOf = (told: (name?: string) => string, mapping: CsvMapping, place: string): Money => {
  const { amount, credit, debit } = mapping.columns;
  const read = (text: string) => amountAt(place, plainDecimal(text, mapping.decimalMark), mapping.currency);
  if (amount !== undefined) return read(told(amount));
  const [came, went] = [told(credit), told(debit)];
  if ((came === '') === (went === '')) return malformed(`${place} has to have either a credit or a debit.`);
  if (came !== '') return read(came);
  // Some banks write a sign in the column of debits, some do not.
  return negated(read(went.replace(/^[-−]/u, '')));
};

/** Without the marks between thousands: blanks, apostrophes, and whichever of point and comma is not the decimal mark. */
const plainDecimal = (text: string, mark: '.' | ','): string => {
  const other = mark === '.' ? ',' : '.';
  return text
    .replaceAll(/[\s'’+]/gu, '')
    .replaceAll(other, '')
    .replace(mark, '.')
    .replace('−', '-');
};

const dayOf = (text: string, { dateOrder }: CsvMapping, place: string): LocalDate => {
  const [first, second, third, ...more] = text.split(/[./-]/u);
  if (third === undefined || more.length > 0) return malformed(`${place}: “${text.slice(0, 32)}” is not a day.`);
  const [year, month, day] = (
    { YMD: [first, second, third], DMY: [third, second, first], MDY: [third, first, second] } as const
  )[dateOrder];
  const century = year!.length === 2 ? `20${year}` : year!;
  return dateAt(place, `${century}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
};
