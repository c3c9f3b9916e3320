import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { balances, billedAccount, openAccount, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

describe('transfers in an account’s book', () => {
  const stopping = new Stopping();
  let client: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  const transfer = (account: Any, fields: object): Promise<Any> =>
    client.create(`accounts/${account.id}/transfers`, {
      debit: 'cash',
      credit: 'wallet',
      amount: usd('10.00'),
      ...fields,
    });
  const refused = async (account: Any, fields: object): Promise<Any> => {
    const body = { debit: 'cash', credit: 'wallet', amount: usd('10.00'), ...fields };
    return client.post(`accounts/${account.id}/transfers`, body);
  };
  const wallet = async (account: Any): Promise<Any> => {
    const { ledgerAccounts } = await client.read(`accounts/${account.id}/book`);
    const { debitsPending, debitsPosted, creditsPending, creditsPosted } = ledgerAccounts.find(
      ({ code }: Any) => code === 'wallet',
    );
    return [debitsPending, debitsPosted, creditsPending, creditsPosted].map(({ amount }: Any) => amount);
  };

  it('move at once, and never more than a wallet has', async () => {
    const account = await openAccount(client);
    expect(await transfer(account, {})).toMatchObject({ kind: 'posted', rule: 'requested', amount: usd('10.00') });
    const spend = { debit: 'wallet', credit: 'revenue' };
    expect(await refused(account, { ...spend, amount: usd('10.01') })).toMatchObject({
      status: 422,
      body: { code: 'exceeds_credits' },
    });
    const balanced = await transfer(account, { ...spend, amount: usd('99.00'), flags: ['balancing_debit'] });
    expect(balanced).toMatchObject({ amount: usd('10.00') });
    expect(await wallet(account)).toEqual(['0.00', '10.00', '0.00', '10.00']);
  });

  it('are reserved, then posted in part; the rest is given back', async () => {
    const account = await openAccount(client);
    const pending = await transfer(account, { flags: ['pending'] });
    expect(pending).toMatchObject({ kind: 'pending', expiresAt: null });
    expect(await wallet(account)).toEqual(['0.00', '0.00', '10.00', '0.00']);
    expect(await client.post(`transfers/${pending.id}/post`, { amount: usd('10.01') })).toMatchObject({
      status: 422,
      body: { code: 'exceeds_pending_transfer_amount' },
    });
    const posted = await client.create(`transfers/${pending.id}/post`, { amount: usd('7.00') });
    expect(posted).toMatchObject({ kind: 'post_pending', pendingId: pending.id, amount: usd('7.00'), debit: 'cash' });
    expect(await wallet(account)).toEqual(['0.00', '0.00', '0.00', '7.00']);
    expect(await client.post(`transfers/${pending.id}/void`)).toMatchObject({
      status: 422,
      body: { code: 'pending_transfer_already_posted' },
    });
    const { data } = await client.read(`accounts/${account.id}/transfers`);
    expect(data.map(({ kind }: Any) => kind)).toEqual(['post_pending', 'pending']);
  });

  it('are voided, and expire by themselves', async () => {
    const account = await openAccount(client);
    const voided = await transfer(account, { flags: ['pending'] });
    expect(await client.create(`transfers/${voided.id}/void`)).toMatchObject({ kind: 'void_pending' });
    const short = await transfer(account, { flags: ['pending'], timeoutSeconds: 1 });
    expect(short.expiresAt).toBeTruthy();
    await eventually(
      () => wallet(account),
      (sides) => sides.every((side: string) => side === '0.00'),
    );
    expect(await client.post(`transfers/${short.id}/post`)).toMatchObject({
      status: 422,
      body: { code: 'pending_transfer_expired' },
    });
  });

  it('of a chain stand or fall together', async () => {
    const account = await openAccount(client);
    const chain = { linked: [{ debit: 'wallet', credit: 'revenue', amount: usd('4.00') }] };
    expect((await transfer(account, chain)).linked).toMatchObject([{ amount: usd('4.00'), debit: 'wallet' }]);
    expect(await wallet(account)).toEqual(['0.00', '4.00', '0.00', '10.00']);
    const broken = { linked: [{ debit: 'wallet', credit: 'revenue', amount: usd('99.00') }] };
    expect(await refused(account, broken)).toMatchObject({ status: 422, body: { code: 'exceeds_credits' } });
    expect(await wallet(account)).toEqual(['0.00', '4.00', '0.00', '10.00']);
    expect((await refused(account, { flags: ['linked'] })).body.code).toBe('linked_event_chain_open');
  });

  it('of the same id are the same transfer, or differ by name', async () => {
    const account = await openAccount(client);
    const id = 'tfr_01j9zq6e4hf0fvwpn5t5jzq3cd';
    const first = await transfer(account, { id });
    expect(await transfer(account, { id })).toMatchObject({ id, revision: first.revision });
    expect(await refused(account, { id, amount: usd('9.00') })).toMatchObject({
      status: 409,
      body: { code: 'exists_with_different_amount' },
    });
    expect(await refused(account, { id, flags: ['pending'] })).toMatchObject({
      body: { code: 'exists_with_different_flags' },
    });
    expect(await wallet(account)).toEqual(['0.00', '0.00', '0.00', '10.00']);
    const { account: other } = await billedAccount(client);
    const [booked] = (await client.read(`accounts/${other.id}/transfers`)).data;
    expect((await refused(other, { id: booked.id })).body.code).toBe('transfer_id_reserved');
    expect((await refused(account, { id: 'tfr_not-a-typed-id-of-recounts!' })).status).toBe(400);
  });

  it('close a ledger account until they are voided', async () => {
    const account = await openAccount(client);
    const closing = await transfer(account, { amount: usd('0.00'), flags: ['pending', 'closing_credit'] });
    expect((await refused(account, {})).body.code).toBe('credit_account_already_closed');
    await client.create(`transfers/${closing.id}/void`);
    await transfer(account, {});
    expect(await wallet(account)).toEqual(['0.00', '0.00', '0.00', '10.00']);
  });

  it('agree with invoices, replay and read models, also as of an earlier revision', async () => {
    const { account } = await billedAccount(client);
    const before = await client.read(`accounts/${account.id}/book`);
    expect(await refused(account, { debit: 'receivable', credit: 'revenue', amount: usd('3.00') })).toMatchObject({
      status: 422,
      body: { code: 'receivable_reserved', errors: [{ pointer: '/debit' }] },
    });
    const posted = await transfer(account, { debit: 'bad_debt', credit: 'revenue', amount: usd('3.00') });
    await transfer(account, { flags: ['pending'] });
    expect(balances(await client.read(`accounts/${account.id}/book`))).toMatchObject({
      receivable: '45.00',
      wallet: '0.00',
    });
    const asOf = await client.read(`accounts/${account.id}/book?asOf=revision:${posted.revision - 1}`);
    expect(asOf.ledgerAccounts).toEqual(before.ledgerAccounts);
    await expectVerified(client, account);
  });

  it('are of accounts and transfers that exist', async () => {
    const missing = 'tfr_01j9zq6e4hf0fvwpn5t5jzq3zz';
    expect(await client.post(`transfers/${missing}/post`)).toMatchObject({
      status: 404,
      body: { code: 'transfer_not_found' },
    });
    const account = await openAccount(client, { currency: 'EUR' });
    expect((await refused(account, {})).body.code).toBe('currency_mismatch');
    expect((await refused(account, { debit: 'savings' })).status).toBe(400);
    expect((await refused(account, { credit: 'cash', amount: { amount: '1.00', currency: 'EUR' } })).body.code).toBe(
      'accounts_must_be_different',
    );
  });
});
