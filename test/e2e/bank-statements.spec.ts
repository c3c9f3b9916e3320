import { beforeAll, describe, expect, it } from '@jest/globals';
import { referenceOfNumber } from '#kernel';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Answer, Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bankFile } from './bank-files.js';
import { balances, billedAccount, usd, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const IBAN = 'DE89370400440532013000';
const PAYER = 'NL91ABNA0417164300';
const stopping = new Stopping();
let recount: TestRecount;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
});

/** One story, told in order. */
describe('bank statements', () => {
  let client: TestClient;
  let bank: Any;
  let named: Any;
  let told: Any;
  let file: string;

  const send = (text: string, to = bank.id, type = 'text/plain'): Promise<Answer> =>
    client.ask('POST', `bank-accounts/${to}/statements`, undefined, { text, headers: { 'content-type': type } });
  const entries = async (query = ''): Promise<Any[]> =>
    (await client.read(`bank-accounts/${bank.id}/entries${query}`)).data;
  const entryWith = async (text: string): Promise<Any> => (await entries()).find((entry) => entry.text === text);
  const numbered = async (): Promise<Any> => {
    const { invoice } = await billedAccount(client);
    return eventually(
      () => client.read(`invoices/${invoice.id}`),
      ({ number }) => number !== null,
    );
  };
  const act = (entry: Any, verb: string, body: object = {}): Promise<Any> =>
    client.create(`bank-accounts/${bank.id}/entries/${entry.id}/${verb}`, body);
  const invoiceNow = ({ id }: Any): Promise<Any> => client.read(`invoices/${id}`);

  beforeAll(async () => {
    client = await recount.manualTenant('Acme');
    await withCatalog(client);
    [named, told] = [await numbered(), await numbered()];
    bank = await client.create('bank-accounts', { name: 'Main account', currency: 'USD', iban: IBAN });
    file = bankFile({ iban: IBAN }, [
      { amount: '40.00', text: `thanks ${referenceOfNumber(named.number)}`, name: 'Ada', iban: PAYER, reference: 'R1' },
      { amount: '45.00', text: `Invoice ${told.number}`, name: 'Bo', iban: PAYER, reference: 'R2' },
      { amount: '3.50', text: 'coffee' },
      { amount: '3.50', text: 'coffee' },
      { amount: '-9.00', text: 'fees' },
    ]);
  });

  it('are read from the file itself, and each entry once', async () => {
    const { status, body } = await send(file);
    expect([status, body]).toMatchObject([
      200,
      {
        bankAccountId: bank.id,
        recorded: 5,
        statements: [{ reference: 'STATEMENT 1', entries: 5, opening: usd('1000.00') }],
      },
    ]);
    expect((await send(file, bank.id, 'application/octet-stream')).body).toMatchObject({ recorded: 0 });
    expect(await entries()).toHaveLength(5);
    expect(await entryWith('fees')).toMatchObject({ amount: usd('-9.00'), status: 'unmatched', iban: null });
  });

  it('pay the invoice whose reference they name, without being asked', async () => {
    const entry = await eventually(
      async () => (await entries()).find(({ references }) => references.length > 0),
      ({ status }) => status === 'matched',
    );
    expect(entry).toMatchObject({
      name: 'Ada',
      iban: PAYER,
      match: { accountId: named.accountId, reason: 'reference' },
    });
    const payment = await eventually(
      () => client.ask('GET', `payments/${entry.match.paymentId}`),
      ({ status }) => status === 200,
    );
    expect(payment.body).toMatchObject({
      amount: usd('40.00'),
      method: 'bank_transfer',
      receivedOn: entry.bookedOn,
      allocations: [{ invoiceId: named.id, amount: usd('40.00') }],
    });
    expect(await invoiceNow(named)).toMatchObject({ status: 'open', amountDue: usd('5.00') });
  });

  it('suggest by number and by payer, and are matched by hand', async () => {
    const entry = await entryWith(`Invoice ${told.number}`);
    expect(entry).toMatchObject({ status: 'unmatched', match: null });
    const { data } = await client.read(`bank-accounts/${bank.id}/entries/${entry.id}/suggestions`);
    expect(data).toEqual([
      { accountId: told.accountId, invoiceId: told.id, reason: 'number' },
      { accountId: named.accountId, invoiceId: named.id, reason: 'payer' },
    ]);
    const preview = await act(entry, 'match', { accountId: told.accountId, dryRun: true });
    expect(preview.status).toBe('matched');
    expect(await entryWith(entry.text)).toMatchObject({ status: 'unmatched' });
    const matched = await act(entry, 'match', { accountId: told.accountId, allocations: [{ invoiceId: told.id }] });
    expect(matched).toMatchObject({ status: 'matched', match: { accountId: told.accountId, reason: 'by_hand' } });
    await recount.caughtUp();
    expect(await invoiceNow(told)).toMatchObject({ status: 'paid', amountDue: usd('0.00') });
    expect(balances(await client.read(`accounts/${told.accountId}/book`))).toMatchObject({
      cash: '45.00',
      receivable: '0.00',
    });
    expect(
      (await client.post(`bank-accounts/${bank.id}/entries/${entry.id}/match`, { accountId: told.accountId })).body,
    ).toMatchObject({ code: 'bank_entry_already_matched' });
  });

  it('are unmatched: the payment is reversed, and the entry may be matched again', async () => {
    const entry = await entryWith(`Invoice ${told.number}`);
    expect(await act(entry, 'unmatch', { reason: 'mistaken' })).toMatchObject({ status: 'unmatched', match: null });
    await recount.caughtUp();
    expect(await invoiceNow(told)).toMatchObject({ status: 'open', amountDue: usd('45.00') });
    expect(await client.read(`payments/${entry.match.paymentId}`)).toMatchObject({ status: 'reversed' });
    const again = await act(entry, 'match', { accountId: told.accountId });
    expect(again.match.paymentId).not.toBe(entry.match.paymentId);
    await recount.caughtUp();
    expect(await invoiceNow(told)).toMatchObject({ status: 'paid' });
  });

  it('leave what the account refuses, and what is no payment of a customer', async () => {
    const [coffee, fees] = [await entryWith('coffee'), await entryWith('fees')];
    const path = `bank-accounts/${bank.id}/entries/${coffee.id}`;
    const refused = await client.post(`${path}/match`, {
      accountId: told.accountId,
      allocations: [{ invoiceId: told.id }],
    });
    expect(refused.status).toBe(422);
    expect(await client.read(path)).toMatchObject({ status: 'unmatched', match: null });
    expect(
      (await client.post(`bank-accounts/${bank.id}/entries/${fees.id}/match`, { accountId: told.accountId })).body,
    ).toMatchObject({ code: 'bank_entry_not_incoming' });
    expect(await act(fees, 'ignore', { reason: 'of the bank' })).toMatchObject({ status: 'ignored' });
    expect(await entryWith('fees')).toMatchObject({ status: 'ignored', reason: 'of the bank' });
    expect((await entries('?status=unmatched')).map(({ text }) => text)).toEqual(['coffee', 'coffee']);
  });

  it('are refused whole where anything is wrong', async () => {
    const wrong = bankFile({ iban: IBAN, error: 1, number: '2' }, [{ amount: '1.00', text: 'x' }]);
    expect(await send(wrong)).toMatchObject({ status: 422, body: { code: 'statement_does_not_add_up' } });
    const other = bankFile({ iban: PAYER, number: '2' }, [{ amount: '1.00', text: 'x' }]);
    expect(await send(other)).toMatchObject({ status: 422, body: { code: 'statement_of_another_account' } });
    const euros = bankFile({ iban: IBAN, currency: 'EUR', number: '2' }, [{ amount: '1.00', text: 'x' }]);
    expect(await send(euros)).toMatchObject({ status: 422, body: { code: 'currency_mismatch' } });
    expect(await send('hello')).toMatchObject({ status: 422, body: { code: 'statement_form_unknown' } });
    expect(await send(file, 'bac_00000000000000000000000000')).toMatchObject({
      status: 404,
      body: { code: 'bank_account_not_found' },
    });
    const elsewhere = await client.ask('POST', 'bank-accounts', undefined, {
      text: file,
      headers: { 'content-type': 'text/plain' },
    });
    expect(elsewhere.status).toBe(415);
    expect(await entries()).toHaveLength(5);
  });

  it('come as CSV with a mapping', async () => {
    const columns = { bookedOn: 'day', amount: 'amount', text: ['text'] };
    const csv = { delimiter: ';', dateOrder: 'DMY', decimalMark: ',', columns };
    const content = Buffer.from('day;amount;text\n01.03.2026;"1.234,50";by CSV\n').toString('base64');
    expect(await client.create(`bank-accounts/${bank.id}/statements`, { content, csv })).toMatchObject({ recorded: 1 });
    expect(await entryWith('by CSV')).toMatchObject({ amount: usd('1234.50'), bookedOn: '2026-03-01' });
    // Its read model is held up meanwhile.
    const holder = await recount.database.owner.connect();
    await holder.query('BEGIN; LOCK TABLE read.bank_accounts IN SHARE MODE');
    const next = await client.create('bank-accounts', {
      name: 'Just registered',
      currency: 'USD',
      accountNumber: '42',
    });
    const answer = await client.post(`bank-accounts/${next.id}/statements`, { content, csv });
    await holder.query('COMMIT');
    holder.release();
    expect(answer.body).toMatchObject({ recorded: 1 });
  });

  it('are read whatever is in their texts', async () => {
    const long = '漢'.repeat(5_000);
    const text = `${long}?21EREF+${long}?22MREF+${long}?23RTRN+AC\u000004`;
    const odd = bankFile({ iban: IBAN, number: '3' }, [{ amount: '1.00', text, name: long, reference: long }]);
    expect(await send(odd)).toMatchObject({ status: 200, body: { recorded: 1 } });
    expect((await entries())[0]).toMatchObject({ returnReason: 'AC\uFFFD04', text: '漢'.repeat(4_096) });
  });

  it('leave books that the log explains', () => expectVerified(client));
});
