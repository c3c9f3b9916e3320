import { money } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { LedgerCode } from './ledger-account.js';
import { merged, reversal, type Posting } from './transfer.js';

const posting = (debit: LedgerCode, credit: LedgerCode, minor: bigint, currency = 'USD'): Posting => ({
  debit,
  credit,
  amount: money(minor, currency),
});

describe('postings merged', () => {
  it('are one per pair of ledger accounts', () => {
    const lines = [
      posting('receivable', 'revenue', 5n),
      posting('receivable', 'deferred_revenue', 7n),
      posting('receivable', 'revenue', 3n),
    ];
    expect(merged(lines)).toEqual([
      posting('receivable', 'revenue', 8n),
      posting('receivable', 'deferred_revenue', 7n),
    ]);
  });

  it('turn the sides round instead of going below zero', () => {
    expect(merged([posting('receivable', 'revenue', 5n), posting('receivable', 'revenue', -8n)])).toEqual([
      posting('revenue', 'receivable', 3n),
    ]);
  });

  it('leave out what comes to nothing', () => {
    expect(merged([posting('receivable', 'revenue', 5n), posting('receivable', 'revenue', -5n)])).toEqual([]);
    expect(merged([posting('receivable', 'tax_payable', 0n)])).toEqual([]);
    expect(merged([])).toEqual([]);
  });

  it('never mix currencies', () => {
    const postings = [posting('receivable', 'revenue', 5n), posting('receivable', 'revenue', 5n, 'EUR')];
    expect(merged(postings)).toEqual(postings);
  });
});

describe('a reversal', () => {
  it('is the opposite of each posting, of the same amount', () => {
    expect(reversal([posting('receivable', 'revenue', 5n), posting('cash', 'receivable', 3n)])).toEqual([
      posting('revenue', 'receivable', 5n),
      posting('receivable', 'cash', 3n),
    ]);
  });
});
