import { money } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookBalance, netBalance, postTransfer, type Book } from './book.js';
import { LEDGER_ACCOUNTS, type LedgerCode } from './ledger-account.js';
import { merged, reversal, type Posting } from './transfer.js';

fc.configureGlobal({ seed: 1 });

const bookOf = (...postings: readonly Posting[]): Book => {
  const book: Book = new Map();
  for (const posting of postings) postTransfer(book, posting);
  return book;
};
const usd = (minor: bigint) => money(minor, 'USD');
const codes = Object.keys(LEDGER_ACCOUNTS) as LedgerCode[];

describe('a book', () => {
  it('keeps both sides gross, and nets them by the side on which the account grows', () => {
    const book = bookOf(
      { debit: 'receivable', credit: 'revenue', amount: usd(100n) },
      { debit: 'cash', credit: 'receivable', amount: usd(30n) },
    );
    expect(book.get('USD')!.get('receivable')).toMatchObject({ debitsPosted: 100n, creditsPosted: 30n });
    expect(codes.map((code) => [code, bookBalance(book, code, 'USD')]).filter(([, net]) => net !== 0n)).toEqual([
      ['receivable', 70n],
      ['cash', 30n],
      ['revenue', 100n],
    ]);
  });

  it('keeps each currency to itself', () => {
    const book = bookOf({ debit: 'receivable', credit: 'revenue', amount: money(5n, 'JPY') });
    expect(bookBalance(book, 'receivable', 'JPY')).toBe(5n);
    expect(bookBalance(book, 'receivable', 'USD')).toBe(0n);
  });

  it.each<[LedgerCode, bigint]>([
    ['receivable', 2n],
    ['cash', 2n],
    ['bad_debt', 2n],
    ['promotional_discount', 2n],
    ['revenue', -2n],
    ['deferred_revenue', -2n],
    ['customer_credit', -2n],
    ['wallet', -2n],
    ['tax_payable', -2n],
  ])('of %s with 5 debited and 3 credited says %s', (code, net) => {
    expect(netBalance(code, { debitsPosted: 5n, creditsPosted: 3n })).toBe(net);
  });
});

describe('the chart', () => {
  it('is all that a book knows', () => {
    const unknown = { debit: 'receivable', credit: 'goodwill' as LedgerCode, amount: usd(1n) } as const;
    expect(() => bookOf(unknown)).toThrow(
      new RangeError('The chart of this version has no ledger account “goodwill”.'),
    );
  });
});

const posting = fc.record({
  debit: fc.constantFrom(...codes),
  credit: fc.constantFrom(...codes),
  amount: fc.record({ minor: fc.bigInt({ min: -1000n, max: 1000n }), currency: fc.constantFrom('USD', 'JPY') }),
}) as fc.Arbitrary<Posting>;
const postings = fc.array(
  posting.filter(({ debit, credit }) => debit !== credit),
  { maxLength: 30 },
);

const nets = (book: Book): unknown =>
  ['USD', 'JPY'].flatMap((currency) => codes.map((code) => bookBalance(book, code, currency)));

describe('any postings', () => {
  it('balance: debits equal credits in every currency', () => {
    fc.assert(
      fc.property(postings, (some) => {
        for (const byCode of bookOf(...merged(some)).values()) {
          const sides = [...byCode.values()];
          const debits = sides.reduce((sum, { debitsPosted }) => sum + debitsPosted, 0n);
          expect(debits).toBe(sides.reduce((sum, { creditsPosted }) => sum + creditsPosted, 0n));
        }
      }),
    );
  });

  it('come to the same when they are merged, with positive amounts alone', () => {
    fc.assert(
      fc.property(postings, (some) => {
        const transfers = merged(some);
        expect(transfers.every(({ amount }) => amount.minor > 0n)).toBe(true);
        expect(nets(bookOf(...transfers))).toEqual(nets(bookOf(...some)));
      }),
    );
  });

  it('come to nothing with their reversal', () => {
    fc.assert(
      fc.property(postings, (some) => {
        const transfers = merged(some);
        expect(nets(bookOf(...transfers, ...merged(reversal(transfers))))).toEqual(nets(new Map()));
      }),
    );
  });
});
