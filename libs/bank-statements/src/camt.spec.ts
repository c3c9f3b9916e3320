import { majorUnits } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readStatements } from './read-statements.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readStatements(bytes(text), null).statements;

const balance = (code: string, amount: string, day: string, mark = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
const entry = (amount: string, mark: 'CRDT' | 'DBIT', more: string, day = '2026-03-02') =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>${more}</Ntry>`;
const booked = '<Sts><Cd>BOOK</Cd></Sts>';
const statement = (id: string, opening: string, closing: string, entries: string) =>
  `<Stmt><Id>${id}</Id><Acct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', opening, '2026-03-02')}${balance('CLBD', closing, '2026-03-02')}${entries}</Stmt>`;
const camt053 = (...statements: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`;
const camt054 = (entries: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;

const paid = (amount: string, name: string, reference: string) =>
  `<TxDtls><Refs><AcctSvcrRef>T-${name}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`;
const batch = (details: string) =>
  entry(
    '100.00',
    'CRDT',
    `${booked}<AcctSvcrRef>B-77</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>${details}</NtryDtls>`,
  );
const parts = paid('60.50', 'Ada', 'RF18 5390 0754 7034') + paid('39.50', 'Bo &amp; Co', 'RF471');

const returned = entry(
  '49.00',
  'DBIT',
  `<RvslInd>true</RvslInd>${booked}<AcctSvcrRef>R-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E-9</EndToEndId><MndtId>M-4</MndtId></Refs><RltdPties><Dbtr><Nm>Carl</Nm></Dbtr><Cdtr><Nm>Us</Nm></Cdtr></RltdPties><RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf></TxDtls></NtryDtls>`,
);
const charged = entry(
  '97.50',
  'CRDT',
  `${booked}<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">2.50</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="EUR">2.50</Amt></Rcrd></Chrgs><NtryDtls><TxDtls><RmtInf><Ustrd>Invoice INV-42</Ustrd><Ustrd>thanks</Ustrd></RmtInf></TxDtls></NtryDtls>`,
);
const coffee = entry(
  '3.50',
  'CRDT',
  `${booked}<NtryDtls><TxDtls><RmtInf><Ustrd>Kaffee</Ustrd></RmtInf></TxDtls></NtryDtls>`,
);
const pending = entry('1000.00', 'CRDT', '<Sts>PDNG</Sts>');

const file = camt053(
  statement('2026-001', '0.00', '100.00', batch('')),
  statement('2026-002', '100.00', '148.50', returned + charged + pending),
  statement('2026-003', '148.50', '155.50', coffee + coffee),
);

describe('a camt.053 file', () => {
  it('has three statements: a batch, a return with charges deducted, two equal lines', () => {
    const statements = read(file);
    expect(
      statements.map(({ reference, lines }) => [reference, lines.map(({ amount }) => majorUnits(amount))]),
    ).toEqual([
      ['2026-001', ['100.00']],
      ['2026-002', ['-49.00', '97.50']],
      ['2026-003', ['3.50', '3.50']],
    ]);
    expect(statements[0]).toMatchObject({
      account: { iban: 'DE89370400440532013000' },
      currency: 'EUR',
      from: '2026-03-02',
      to: '2026-03-02',
      lines: [{ payments: 2, bankReference: 'B-77' }],
    });
    const [back, net] = statements[1]!.lines;
    expect(back).toMatchObject({
      reversal: true,
      returnReason: 'MD06',
      endToEndId: 'E2E-9',
      mandateId: 'M-4',
      counterparty: { name: 'Carl' },
    });
    expect(net).toMatchObject({ charges: { minor: 250n, currency: 'EUR' }, text: 'Invoice INV-42 thanks' });
    const [one, other] = statements[2]!.lines;
    expect(one!.identity).not.toBe(other!.identity);
  });

  it('names its lines as a later file does that has them again', () => {
    const again = camt053(statement('2026-009', '148.50', '156.75', coffee + entry('1.25', 'CRDT', booked) + coffee));
    const known = read(file)[2]!.lines.map(({ identity }) => identity);
    const [first, added, second] = read(again)[0]!.lines;
    expect([first!.identity, second!.identity]).toEqual(known);
    expect(known).not.toContain(added!.identity);
  });

  it('has a statement once that stands in it twice', () => {
    const one = statement('2026-003', '0.00', '7.00', coffee + coffee);
    expect(read(camt053(one, one)).map(({ lines }) => lines.length)).toEqual([2]);
  });

  it('is refused where a statement does not add up, is not XML, declares entities, or has no amount', () => {
    const refused = (text: string) => {
      try {
        return read(text).length;
      } catch (thrown) {
        return (thrown as { code?: string }).code;
      }
    };
    expect(refused(camt053(statement('1', '0.00', '99.99', batch(''))))).toBe('statement_does_not_add_up');
    expect(refused('<Document><BkToCstmrStmt>')).toBe('statement_malformed');
    expect(refused(`<!DOCTYPE a [<!ENTITY b "c">]>${file}`)).toBe('statement_malformed');
    expect(refused(camt053(statement('1', '0.00', '0.00', '<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>')))).toBe(
      'statement_malformed',
    );
    expect(refused(camt053(statement('1', '0.00', '1.1e1', '')))).toBe('statement_malformed');
    expect(refused('<Document/>')).toBe('statement_malformed');
    expect(refused('Hello')).toBe('statement_form_unknown');
    expect(refused('<?xml version="1.0" encoding="EBCDIC-1"?><Document/>')).toBe('statement_encoding_unknown');
    expect(refused(' '.repeat(10 * 1024 * 1024 + 1))).toBe('statement_too_large');
    expect(refused(file.replace('<Amt Ccy="EUR">3.50', '<Amt Ccy="USD">3.50'))).toBe('statement_malformed');
  });

  it('is read in the encoding that it names', () => {
    const text = camt053(statement('1', '0.00', '3.50', coffee.replace('Kaffee', 'Müller'))).replace(
      'UTF-8',
      'ISO-8859-1',
    );
    const lines = readStatements(Buffer.from(text, 'latin1'), null).statements[0]!.lines;
    expect(lines[0]!.text).toBe('Müller');
  });

  it('adds up whatever its entries, and is refused once an amount is another', () =>
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -999_999n, max: 999_999n }), { maxLength: 12 }),
        fc.bigInt(1n, 99n),
        (all, wrong) => {
          const text = (minor: bigint) => majorUnits({ minor: minor < 0n ? -minor : minor, currency: 'EUR' });
          const entries = all.map((minor) => entry(text(minor), minor < 0n ? 'DBIT' : 'CRDT', booked)).join('');
          const closing = all.reduce((left, right) => left + right, 1_000_000_000n);
          const lines = read(camt053(statement('1', '10000000.00', text(closing), entries)))[0]!.lines;
          expect(lines.map(({ amount }) => amount.minor)).toEqual(all);
          expect(new Set(lines.map(({ identity }) => identity)).size).toBe(all.length);
          expect(() => read(camt053(statement('1', '10000000.00', text(closing + wrong), entries)))).toThrow('are not');
        },
      ),
      { numRuns: 50 },
    ));
});

describe('a batch booking', () => {
  const wholes = read(file)[0]!.lines;

  it('is told in parts by a notification (camt.054), which name the booking', () => {
    const { lines } = read(camt054(batch(parts)))[0]!;
    expect(lines).toMatchObject([
      {
        amount: { minor: 6050n, currency: 'EUR' },
        partOf: wholes[0]!.identity,
        references: ['RF18539007547034'],
        counterparty: { name: 'Ada', iban: 'NL91ABNA0417164300' },
      },
      { amount: { minor: 3950n, currency: 'EUR' }, partOf: wholes[0]!.identity, counterparty: { name: 'Bo & Co' } },
    ]);
  });

  it('stays whole where its parts are not the sum', () =>
    expect(read(camt054(batch(parts + paid('1.00', 'Eve', 'X'))))[0]!.lines).toMatchObject([
      { payments: 3, references: [] },
    ]));

  it('has its charges as a part of their own where they were taken off the sum', () => {
    const net = entry(
      '99.00',
      'CRDT',
      `${booked}<AcctSvcrRef>B-78</AcctSvcrRef><Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs><NtryDtls>${parts}</NtryDtls>`,
    );
    expect(read(camt054(net))[0]!.lines.map(({ amount }) => majorUnits(amount))).toEqual(['60.50', '39.50', '-1.00']);
  });

  it('of version 2 has its amounts in the details and the direction of the entry', () => {
    const old = (amount: string) =>
      `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Ada</Nm></Dbtr></RltdPties></TxDtls>`;
    const lines = read(camt054(batch(old('60.50') + old('39.50'))).replaceAll('001.08', '001.02'))[0]!.lines;
    expect(lines.map(({ amount }) => majorUnits(amount))).toEqual(['60.50', '39.50']);
  });
});
