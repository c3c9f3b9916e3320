import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeOut } from './close-out.js';
import { LedgerOverlay, type LedgerView, type LimitedAccount } from './ledger-view.js';
import { expireTransfers, submitTransfers } from './submit-transfers.js';
import type { TransferOutcome } from './transfer-outcome.js';
import { AMOUNT_MAX, TRANSFER_FLAGS, type TransferRequest } from './transfer-request.js';

fc.configureGlobal({ seed: 4 });

const account = (id: string, change: Partial<LimitedAccount> = {}): LimitedAccount => ({
  id,
  ledger: 'USD',
  debitsPending: 0n,
  debitsPosted: 0n,
  creditsPending: 0n,
  creditsPosted: 0n,
  limit: null,
  closed: false,
  ...change,
});
const IDS = ['a', 'b', 'limited', 'filled', 'other'] as const;
const ledger = (): LedgerView => {
  const empty = new LedgerOverlay();
  empty.put(account('a'));
  empty.put(account('b'));
  empty.put(account('limited', { limit: 'debits_must_not_exceed_credits' }));
  empty.put(account('filled', { limit: 'credits_must_not_exceed_debits' }));
  empty.put(account('other', { ledger: 'EUR' }));
  return empty;
};
const ask = (change: Partial<TransferRequest> = {}): TransferRequest => ({
  id: 't1',
  debit: 'a',
  credit: 'b',
  amount: 10n,
  flags: [],
  ...change,
});
const outcomeOf = (before: LedgerView, request: TransferRequest, now = 0n): TransferOutcome =>
  submitTransfers(before, [request], now).outcomes[0]!;
const after = (...requests: readonly TransferRequest[]): LedgerView => submitTransfers(ledger(), requests, 0n).ledger;

describe('the same id again', () => {
  const pending = ask({ flags: ['pending'], timeoutSeconds: 60 });
  it.each<[TransferOutcome, TransferRequest, Partial<TransferRequest>]>([
    ['exists', ask(), {}],
    ['exists_with_different_flags', ask(), { flags: ['pending'] }],
    ['exists_with_different_pending_id', ask(), { pendingId: 't0' }],
    ['exists_with_different_timeout', pending, { timeoutSeconds: 61 }],
    ['exists_with_different_debit_account_id', ask(), { debit: 'limited' }],
    ['exists_with_different_credit_account_id', ask(), { credit: 'limited' }],
    ['exists_with_different_amount', ask(), { amount: 11n }],
    ['exists_with_different_amount', ask(), { amount: 9n }],
    ['exists_with_different_user_data_64', ask(), { labels: { user_data_64: '7' } }],
    ['exists_with_different_ledger', ask(), { labels: { ledger: 'EUR' } }],
    ['exists_with_different_code', ask({ labels: { code: '1' } }), { labels: { code: '2' } }],
    ['exists', ask(), { labels: { ledger: 'USD' } }],
  ])('is %s', (outcome, first, change) => {
    expect(outcomeOf(after(first), { ...first, ...change })).toBe(outcome);
  });

  it('balances up to any limit that reaches what moved', () => {
    const balancing = ask({ credit: 'limited', flags: ['balancing_credit'] });
    expect(outcomeOf(after(balancing), { ...balancing, amount: 0n })).toBe('exists');
  });

  it('posts the rest of the pending transfer, whatever is said of its sides', () => {
    const post: TransferRequest = { id: 't2', pendingId: 't1', amount: AMOUNT_MAX, flags: ['post_pending'] };
    const posted = after(ask({ flags: ['pending'] }), post);
    expect(outcomeOf(posted, post)).toBe('exists');
    expect(outcomeOf(posted, { ...post, amount: 10n, debit: 'a' })).toBe('exists');
    expect(outcomeOf(posted, { ...post, amount: 3n })).toBe('exists_with_different_amount');
    expect(outcomeOf(posted, { ...post, credit: 'a' })).toBe('exists_with_different_credit_account_id');
    const other: TransferRequest = { ...post, id: 't3', labels: { code: '9' } };
    expect(outcomeOf(after(ask({ flags: ['pending'], labels: { code: '8' } })), other)).toBe(
      'pending_transfer_has_different_code',
    );
  });
});

describe('a request', () => {
  it.each<[TransferOutcome, Partial<TransferRequest>]>([
    ['id_must_not_be_zero', { id: '' }],
    ['debit_account_id_must_not_be_zero', { debit: '' }],
    ['credit_account_id_must_not_be_zero', { credit: '' }],
    ['accounts_must_be_different', { credit: 'a' }],
    ['pending_id_must_be_zero', { pendingId: 't0' }],
    ['timeout_reserved_for_pending_transfer', { timeoutSeconds: 1 }],
    ['closing_transfer_must_be_pending', { flags: ['closing_debit'] }],
    ['debit_account_not_found', { debit: 'nobody' }],
    ['credit_account_not_found', { credit: 'nobody' }],
    ['accounts_must_have_the_same_ledger', { credit: 'other' }],
    ['transfer_must_have_the_same_ledger_as_accounts', { labels: { ledger: 'EUR' } }],
    ['exceeds_credits', { debit: 'limited' }],
    ['exceeds_debits', { credit: 'filled' }],
    ['overflows_debits_posted', { amount: AMOUNT_MAX + 1n }],
    ['overflows_debits_pending', { amount: AMOUNT_MAX + 1n, flags: ['pending'] }],
    ['linked_event_chain_open', { flags: ['linked'] }],
    ['flags_are_mutually_exclusive', { flags: ['post_pending', 'void_pending'], pendingId: 't0' }],
    ['flags_are_mutually_exclusive', { flags: ['post_pending', 'pending'], pendingId: 't0' }],
    ['pending_id_must_not_be_zero', { flags: ['void_pending'] }],
    ['pending_id_must_be_different', { flags: ['void_pending'], pendingId: 't1' }],
    ['pending_transfer_not_found', { flags: ['void_pending'], pendingId: 't0' }],
  ])('is refused as %s', (outcome, change) => {
    expect(outcomeOf(ledger(), ask(change))).toBe(outcome);
  });
});

describe('closing out', () => {
  it('zeroes accounts into the control account', () => {
    const { transfers, control } = closeOut(
      [{ ...account('sales', { creditsPosted: 70n }), normalSide: 'credit' }],
      account('control'),
    );
    expect(transfers).toMatchObject([{ debit: 'sales', credit: 'control', amount: 70n }]);
    expect(control).toMatchObject({ creditsPosted: 70n, debitsPosted: 0n });
  });
});

const request = fc.record(
  {
    id: fc.integer({ min: 1, max: 12 }).map((number) => `t${number}`),
    debit: fc.constantFrom(...IDS),
    credit: fc.constantFrom(...IDS),
    amount: fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.constant(AMOUNT_MAX)),
    flags: fc.uniqueArray(fc.constantFrom(...TRANSFER_FLAGS), { maxLength: 3 }),
    pendingId: fc.integer({ min: 1, max: 12 }).map((number) => `t${number}`),
    timeoutSeconds: fc.integer({ min: 0, max: 3 }),
  },
  { requiredKeys: ['id', 'amount', 'flags', 'debit', 'credit'] },
) as fc.Arbitrary<TransferRequest>;
const script = fc.array(
  fc.record({ wait: fc.integer({ min: 0, max: 2 }), batch: fc.array(request, { maxLength: 6 }) }),
  {
    maxLength: 8,
  },
);

describe('any script of transfers', () => {
  const overScripts = (check: (before: LedgerView, batch: readonly TransferRequest[], now: bigint) => LedgerView) =>
    fc.assert(
      fc.property(script, (steps) => {
        let state = ledger();
        let now = 0n;
        for (const { wait, batch } of steps) {
          now += BigInt(wait) * 1_000_000n;
          state = check(state, batch, now);
        }
      }),
      { numRuns: 500 },
    );
  const total = (
    view: LedgerView,
    side: 'debitsPosted' | 'creditsPosted' | 'debitsPending' | 'creditsPending',
  ): bigint => IDS.reduce((sum, id) => sum + view.account(id)![side], 0n);

  it('keeps debits equal to credits, posted and pending, and every limit', () =>
    overScripts((before, batch, now) => {
      const { ledger: state } = submitTransfers(before, batch, now);
      expect(total(state, 'debitsPosted')).toBe(total(state, 'creditsPosted'));
      expect(total(state, 'debitsPending')).toBe(total(state, 'creditsPending'));
      for (const id of IDS) {
        const { debitsPending, debitsPosted, creditsPending, creditsPosted, limit } = state.account(id)!;
        expect([debitsPending, debitsPosted, creditsPending, creditsPosted].every((sum) => sum >= 0n)).toBe(true);
        if (limit === 'debits_must_not_exceed_credits')
          expect(debitsPosted + debitsPending <= creditsPosted).toBe(true);
        if (limit === 'credits_must_not_exceed_debits')
          expect(creditsPosted + creditsPending <= debitsPosted).toBe(true);
      }
      return state;
    }));

  it('takes each transfer once: what was created exists when it is asked for again', () =>
    overScripts((before, batch, now) => {
      const { ledger: state, outcomes } = submitTransfers(before, batch, now);
      batch.forEach((one, index) => {
        if (outcomes[index] !== 'created') return;
        const again = outcomeOf(state, { ...one, flags: one.flags }, now);
        expect(again).toBe(one.flags.includes('linked') ? 'linked_event_chain_open' : 'exists');
      });
      return state;
    }));

  it('leaves the ledger before it as it was', () =>
    overScripts((before, batch, now) => {
      const told = () => IDS.map((id) => before.account(id));
      const known = told();
      const { ledger: state } = submitTransfers(before, batch, now);
      expect(told()).toEqual(known);
      return state;
    }));

  it('gives back all that is pending once its time is over', () =>
    overScripts((before, batch, now) => {
      const { ledger: state } = submitTransfers(before, batch, now);
      const { ledger: later } = expireTransfers(state, now + 10_000_000n);
      expect(later.expiring(now + 10_000_000n)).toEqual([]);
      return state;
    }));
});
