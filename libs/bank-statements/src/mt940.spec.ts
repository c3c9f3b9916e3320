import { majorUnits } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { readStatements } from './read-statements.js';

const read = (text: string) => readStatements(new TextEncoder().encode(text), null).statements;

const FILE = `{1:F01COBADEFFAXXX0000000000}{2:I940COBADEFFXXXXN}{4:
:20:STARTUMS
:25:37040044/0532013000EUR
:28C:00031/001
:60F:C251230EUR1000,00
:61:2601021231CR97,50NTRFNONREF//8237461
/OCMT/EUR100,00//CHGS/EUR2,50/
:86:166?00GUTSCHRIFT?20EREF+E2E-1?21SVWZ+Rechnung INV-2026-004?222 danke?30COB
ADEFF?31DE89370400440532013000?32ADA LOVELACE?33 GMBH
:61:2601020102DR49,NMSCNONREF
:86:109?00RETOURE?20EREF+E2E-9?21MREF+M-4?22SVWZ+Lastschrift?31NL91ABNA0417164300?32CARL?34914
:61:2601020102RC10,00NTRFKREF-1
:86:Storno
:61:260102EC500,00NTRFNONREF
:86:vorgemerkt
:62F:C260102EUR1038,50
:86:Ende des Auszugs
-}
:20:ABN
:25:NL91ABNA0417164300
:28C:2
:60F:D260102EUR10,00
:61:2601020102C12,34N541NONREF
:86:/TRTP/SEPA OVERBOEKING/IBAN/DE89370400440532013000/NAME/ADA LOVELACE/REMI/RF18 5390 0754 7034/EREF/NOTPROVIDED
:61:2601020102C3,50N541NONREF
:86:koffie
:61:2601020102C3,50N541NONREF
:86:koffie
:62F:C260102EUR9,34
-
`;

describe('an MT940 file', () => {
  it('has two statements of two banks, in the way of each', () => {
    const [german, dutch] = read(FILE.replaceAll('\n', '\r\n'));
    expect(german).toMatchObject({ reference: 'STARTUMS 00031/001', account: { number: '37040044/0532013000EUR' } });
    expect(german!.lines.map(({ amount, bookedOn }) => [majorUnits(amount), bookedOn])).toEqual([
      ['97.50', '2025-12-31'],
      ['-49.00', '2026-01-02'],
      ['-10.00', '2026-01-02'],
    ]);
    expect(german!.lines).toMatchObject([
      {
        bankReference: '8237461',
        endToEndId: 'E2E-1',
        text: 'Rechnung INV-2026-0042 danke',
        charges: { minor: 250n },
        counterparty: { name: 'ADA LOVELACE GMBH', iban: 'DE89370400440532013000' },
      },
      { returnReason: '914', mandateId: 'M-4', reversal: false },
      { reversal: true, text: 'Storno' },
    ]);
    expect(dutch).toMatchObject({
      account: { iban: 'NL91ABNA0417164300' },
      lines: [
        {
          text: 'RF18 5390 0754 7034',
          counterparty: { name: 'ADA LOVELACE', iban: 'DE89370400440532013000' },
        },
        { text: 'koffie' },
        { text: 'koffie' },
      ],
    });
    expect(new Set(dutch!.lines.map(({ identity }) => identity)).size).toBe(3);
  });

  it('tells words from values that end with letters, and has the first of them as well', () => {
    const told = (details: string) =>
      read(
        `:20:A\n:25:NL91ABNA0417164300\n:60F:C260102EUR0,\n:61:260102C1,NTRFNONREF\n:86:${details}\n:62F:C260102EUR1,\n`,
      )[0]!.lines[0];
    expect(told('166?00GUTSCHRIFT?20EREF+NOTPROVIDED?21MREF+MANDATE?22SVWZ+Invoice RF18539?23007547034')).toMatchObject(
      {
        mandateId: 'MANDATE',
        text: 'Invoice RF18539007547034',
      },
    );
    expect(told('166?20SVWZ+Invoice?31 nl91 abna 0417 1643 00')).toMatchObject({
      counterparty: { iban: 'NL91ABNA0417164300' },
    });
    expect(told('/EREF/E2E-1//REMI/USTD//Invoice 7')).toMatchObject({ endToEndId: 'E2E-1', text: 'Invoice 7' });
  });

  it('is read in one go, however many blocks and slashes it has', () => {
    expect(() => read(`:20:A\n${'{1:}'.repeat(1_000)}x\n`)).toThrow('has no “:60F:”');
    const told = `/REMI/${'/'.repeat(500_000)}x/EREF/E`;
    const file = `{1:F01}{3:{108:A}}{4:\n:20:A\n:25:1\n:60F:C260102EUR0,\n:61:260102C1,NTRF\n:86:${told}\n:62F:C260102EUR1,\n-}`;
    expect(read(file)[0]!.lines).toMatchObject([{ text: 'x', endToEndId: 'E' }]);
  });

  it.each([
    ['its sum', 'EUR1038,50', 'EUR1038,51', 'are not 1038.51, but 1038.50'],
    ['an entry', '2601020102DR49,', '2601020102DRx', 'Line 10 is not an entry'],
    ['a day', '2601020102DR49,', '2613020102DR49,', 'Line 10: “2026-02-13” is not'],
    ['a balance', ':60F:C251230EUR1000,00', ':60F:EUR1000,00', 'Line 5 is not a balance'],
    ['its closing balance', ':62F:C260102EUR1038,50', '', 'has no “:60F:” or no “:62F:”'],
    ['its account', ':25:NL91ABNA0417164300\n', '', 'names no account'],
  ])('is refused where %s is wrong', (_, from, to, message) => {
    const expected = message.replace('2026-02-13', '2026-13-02');
    expect(() => read(FILE.replace(from, to))).toThrow(expected);
  });
});
