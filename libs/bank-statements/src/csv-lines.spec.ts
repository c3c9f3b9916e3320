import { majorUnits } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { CsvMapping } from './csv-lines.js';
import { readStatements } from './read-statements.js';

const mapping: CsvMapping = {
  delimiter: ';',
  skipLines: 1,
  dateOrder: 'DMY',
  decimalMark: ',',
  currency: 'EUR',
  columns: {
    bookedOn: 'Buchungstag',
    amount: 'Betrag',
    text: ['Verwendungszweck', 'Art'],
    name: 'Name',
    iban: 'IBAN',
    reference: 'Referenz',
  },
};
const FILE = `Konto 0532013000
Buchungstag;Name;IBAN;Verwendungszweck;Art;Referenz;Betrag
02.03.2026;"Ada; Lovelace";de89 3704 0044 0532 0130 00;INV-42;Gutschrift;RF18 5390 0754 7034;"1.234,50"
2.3.26;Bo;;Miete;;;-3,5
2.3.26;Bo;;Miete;;;-3,5
`;
const read = (text: string, by = mapping) =>
  readStatements(new TextEncoder().encode(text), { mapping: by, account: { iban: 'DE89370400440532013000' } });

describe('a CSV file', () => {
  it('is read by the mapping of its columns', () => {
    const { form, statements } = read(FILE);
    expect([form, statements.length]).toEqual(['csv', 1]);
    const [{ lines }] = statements as [(typeof statements)[0]];
    expect(lines.map(({ amount }) => majorUnits(amount))).toEqual(['1234.50', '-3.50', '-3.50']);
    expect(lines[0]).toMatchObject({
      bookedOn: '2026-03-02',
      text: 'INV-42 Gutschrift',
      references: ['RF18539007547034'],
      counterparty: { name: 'Ada; Lovelace', iban: 'DE89370400440532013000' },
    });
    expect(lines[1]!.identity).not.toBe(lines[2]!.identity);
  });

  it('may have credits and debits in two columns, with or without a sign', () => {
    const columns = { bookedOn: 'day', credit: 'in', debit: 'out', text: ['text'] };
    const by: CsvMapping = { ...mapping, delimiter: ',', skipLines: 0, dateOrder: 'YMD', decimalMark: '.', columns };
    const text = 'day,in,out,text\n2026-03-02,"1,000.10",,a\n2026-03-02,,5.00,b\n2026-03-02,,-6,c\n';
    expect(read(text, by).statements[0]!.lines.map(({ amount }) => amount.minor)).toEqual([100_010n, -500n, -600n]);
    expect(() => read('day,in,out,text\n2026-03-02,,,a\n', by)).toThrow(
      'Record 1 has to have either a credit or a debit',
    );
  });

  it.each([
    ['a column is missing', FILE.replace('Betrag', 'Summe'), 'no column “Betrag”'],
    ['a day is none', FILE.replace('02.03.2026', '31.02.2026'), 'Record 1: “2026-02-31” is not a day'],
    ['an amount is none', FILE.replace('1.234,50', 'x'), 'Record 1: “x” is not a decimal'],
    ['a quote is not closed', FILE.replace('Lovelace"', 'Lovelace'), 'cannot be read'],
    ['it is empty', '', 'no line of headings'],
  ])('is refused where %s', (_, text, message) => expect(() => read(text)).toThrow(message));
});
