import { money, typedId, type TransferId } from '#kernel';
import type { TransferFlag } from '#ledger';
import { anAccount, at, billAccount, createSubscription, givenFor, including, INVOICE, like, on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { amountDue } from '../invoice/invoice.js';
import type { AccountCommand } from '../account/account.decider.js';
import type { TransferOrder } from './transfer.commands.js';

const given = givenFor(accountDecider);
const usd = (minor: bigint) => money(minor, 'USD');
const transferId = (number: number): TransferId => typedId('tfr', `01890000-0000-7000-8000-00000000000${number}`);

const order = (number: number, change: Partial<TransferOrder> = {}): TransferOrder => ({
  transferId: transferId(number),
  chosen: true,
  debit: 'cash',
  credit: 'wallet',
  amount: usd(1_000n),
  flags: [],
  ...change,
});
const submit = (orders: readonly TransferOrder[], now = '2026-01-01T00:00:00Z'): AccountCommand => ({
  type: 'SubmitTransfers',
  orders,
  bookedOn: on('2026-01-01'),
  timeZone: 'UTC',
  now: at(now),
});
const resolve = (number: number, pending: number, flag: TransferFlag, minor?: bigint): TransferOrder => ({
  transferId: transferId(number),
  flags: [flag],
  pendingId: transferId(pending),
  ...(minor === undefined ? {} : { amount: usd(minor) }),
});
const pending = order(1, { flags: ['pending'], timeoutSeconds: 60 });

describe('a transfer that is asked for', () => {
  it('is posted at once', () =>
    given(anAccount())
      .when(submit([order(1)]))
      .then(
        like('TransferPosted', {
          amount: usd(1_000n),
          rule: 'requested',
          cause: { type: 'transfer', id: transferId(1) },
        }),
      ));

  it('is the same one when it is asked for again, and a conflict when it differs', () => {
    const known = given(anAccount()).after(submit([order(1)]));
    known.when(submit([order(1)])).thenNothing();
    known.when(submit([order(1, { amount: usd(999n) })])).thenRefused('exists_with_different_amount');
  });

  it('never takes more than is there, nor what is reserved', () => {
    const filled = given(anAccount()).after(submit([order(1)]));
    const spend = { debit: 'wallet', credit: 'revenue' } as const;
    filled.when(submit([order(2, { ...spend, amount: usd(1_001n) })])).thenRefused('exceeds_credits');
    filled
      .after(submit([order(2, { ...spend, amount: usd(600n), flags: ['pending'] })]))
      .when(submit([order(3, { ...spend, amount: usd(401n) })]))
      .thenRefused('exceeds_credits');
  });

  it('of a chain falls with the others', () => {
    const chain = [
      order(1, { flags: ['linked'] }),
      order(2, { debit: 'wallet', credit: 'revenue', amount: usd(1_001n) }),
    ];
    given(anAccount()).when(submit(chain)).thenRefused('exceeds_credits');
  });

  it('has the currency of its account and an id that nobody else has', () => {
    given(anAccount({ currency: 'EUR' }))
      .when(submit([order(1)]))
      .thenRefused('currency_mismatch', '/amount/currency');
    const derived = typedId('tfr', '01890000-0000-5000-8000-000000000001');
    given(anAccount())
      .when(submit([order(1, { transferId: derived })]))
      .thenRefused('transfer_id_reserved');
  });

  it('needs an account that is open', () =>
    given()
      .when(submit([order(1)]))
      .thenRefused('account_not_found'));
});

describe('a pending transfer', () => {
  const reserved = given(anAccount()).after(submit([pending]));

  it('waits until its time is over', () =>
    given(anAccount())
      .when(submit([pending]))
      .then(
        like('TransferPended', {
          expiresAt: '2026-01-01T00:01:00Z',
          timer: { key: `expire:${transferId(1)}`, dueAt: '2026-01-01T00:01:00Z', generation: 1 },
        }),
      ));

  it('is posted in part, and gives back the rest', () =>
    reserved
      .when(submit([resolve(2, 1, 'post_pending', 700n)]))
      .then(like('PendingTransferPosted', { amount: usd(700n), reserved: usd(1_000n), pendingId: transferId(1) })));

  it('is voided whole', () =>
    reserved
      .when(submit([resolve(2, 1, 'void_pending')]))
      .then(like('PendingTransferVoided', { amount: usd(1_000n), debit: 'cash', credit: 'wallet' })));

  it('is resolved once', () =>
    reserved
      .after(submit([resolve(2, 1, 'void_pending')]))
      .when(submit([resolve(3, 1, 'post_pending')]))
      .thenRefused('pending_transfer_already_voided'));

  it('expires by its timer, and before anything that comes later', () => {
    const now = '2026-01-01T00:01:00Z';
    reserved
      .when({ type: 'ExpireTransfers', bookedOn: on('2026-01-01'), timeZone: 'UTC', now: at(now) })
      .then(like('PendingTransferExpired', { pendingId: transferId(1), amount: usd(1_000n) }));
    reserved
      .when({ type: 'ExpireTransfers', bookedOn: on('2026-01-01'), timeZone: 'UTC', now: at('2026-01-01T00:00:59Z') })
      .thenNothing();
    reserved.when(submit([resolve(2, 1, 'post_pending')], now)).thenRefused('pending_transfer_expired');
    reserved.when(submit([order(2)], now)).then(like('PendingTransferExpired'), like('TransferPosted'));
  });

  it('that closes a ledger account opens it again when it is voided', () => {
    const closing = order(1, { amount: usd(0n), flags: ['pending', 'closing_credit'] });
    const closed = given(anAccount()).after(submit([closing]));
    closed.when(submit([order(2)])).thenRefused('credit_account_already_closed');
    closed
      .after(submit([resolve(2, 1, 'void_pending')]))
      .when(submit([order(3)]))
      .then(like('TransferPosted'));
  });
});

describe('what invoices are owed', () => {
  const billed = given(anAccount()).after(createSubscription(), billAccount());

  it.each([
    [[order(1, { debit: 'receivable', credit: 'revenue' })], '/debit'],
    [[order(1, { credit: 'receivable' })], '/credit'],
    [[order(1, { flags: ['linked'] }), order(2, { debit: 'receivable' })], '/linked/0/debit'],
  ])('is moved by no transfer that is asked for: %j', (orders, pointer) => {
    billed.when(submit(orders)).thenRefused('receivable_reserved', pointer);
  });

  it('is settled by credit that a transfer gives, or that a pending one gives back', () => {
    const goodwill = order(1, { debit: 'promotional_discount', credit: 'customer_credit' });
    const { facts, state } = billed.when(submit([goodwill]));
    expect(facts).toContainEqual(
      including('CustomerCreditApplied', {
        invoiceId: INVOICE,
        amount: usd(1_000n),
        sources: [{ cause: { type: 'transfer', id: transferId(1) }, amount: usd(1_000n) }],
      }),
    );
    expect(amountDue(state.invoices.get(INVOICE)!)).toEqual(usd(2_000n));
    const reserved = given(anAccount()).after(
      submit([goodwill, order(2, { debit: 'customer_credit', credit: 'wallet', flags: ['pending'] })]),
      createSubscription(),
      billAccount(),
    );
    expect(amountDue(reserved.state.invoices.get(INVOICE)!)).toEqual(usd(3_000n));
    const freed = reserved.when(submit([resolve(3, 2, 'void_pending')])).state;
    expect(amountDue(freed.invoices.get(INVOICE)!)).toEqual(usd(2_000n));
  });
});
