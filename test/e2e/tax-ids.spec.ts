import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { ForkedService } from '../services/forked-service.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, invoicesOf, openAccount, subscribe, withCatalog, withVat } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let vies: ForkedService;
let client: TestClient;

beforeAll(async () => {
  vies = await stopping.use(ForkedService.start('vies-process'));
  const recount = await stopping.use(TestRecount.start({ vies: { url: vies.url, answerMilliseconds: 1_000 } }));
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  await withVat(client, { requireCheckedTaxId: true });
  const [entity] = (await client.read('legal-entities')).data;
  await client.done('PATCH', `legal-entities/${entity.id}`, { taxIds: [{ type: 'eu_vat', value: 'DE136695976' }] });
});

const french = async (value = 'FR40303265045'): Promise<Any> => {
  const account = await openAccount(client, {
    billingAddress: { country: 'FR' },
    taxIds: [{ type: 'eu_vat', value }],
  });
  await subscribe(client, account.id);
  return account;
};
const billed = async (account: Any): Promise<Any> =>
  (await invoicesOf(client, await bill(client, '2025-01-15T00:00:00Z', { accounts: [account.id] })))[0];
const check = (account: Any): Promise<Any> => client.create(`accounts/${account.id}/tax-ids/check`);

/** A seller that leaves tax to those alone whose VAT id was found to be valid. */
describe('a VAT id', () => {
  it('that was found to be valid lets its business account for the tax', async () => {
    const account = await french();
    const { taxIds } = await check(account);
    expect(taxIds).toEqual([
      {
        type: 'eu_vat',
        value: 'FR40303265045',
        result: 'valid',
        checkedAt: expect.any(String),
        consultationNumber: 'WAPIAAAAY1234567',
        validOn: new Date().toISOString().slice(0, 10),
      },
    ]);
    // A change of anything else leaves what was found.
    await client.done('PATCH', `accounts/${account.id}`, { email: 'other@ada.example' });
    expect(await billed(account)).toMatchObject({ taxReason: 'reverse_charge', taxes: [{ category: 'AE' }] });
    await expectVerified(client, account);
  });

  it('that nobody asked about, or that is not valid, leaves tax due, and the invoice says why', async () => {
    expect(await billed(await french())).toMatchObject({ taxReason: 'tax_id_unchecked', taxes: [{ rate: '19' }] });
    const other = await french('FR61954506077');
    expect((await check(other)).taxIds).toMatchObject([{ result: 'invalid', validOn: null }]);
    expect(await billed(other)).toMatchObject({ taxReason: 'tax_id_unchecked' });
  });

  it('stays valid where the register does not say, and is unknown where it never said', async () => {
    const account = await french();
    await check(account);
    await vies.behaves('MS_UNAVAILABLE');
    expect((await check(account)).taxIds).toMatchObject([{ result: 'unknown', validOn: expect.any(String) }]);
    const other = await french();
    expect((await check(other)).taxIds).toMatchObject([{ result: 'unknown', validOn: null }]);
    await vies.behaves('well');
    expect(await billed(account)).toMatchObject({ taxReason: 'reverse_charge' });
    expect(await billed(other)).toMatchObject({ taxReason: 'tax_id_unchecked' });
  });

  it('is asked about again by itself before 30 days are over', async () => {
    const clock = await client.create('test-clocks', { startAt: '2030-01-01T00:00:00Z' });
    const account = await openAccount(client, {
      taxIds: [{ type: 'eu_vat', value: 'FR40303265045' }],
      test: true,
      testClockId: clock.id,
    });
    await check(account);
    const before = vies.asked.length;
    const advance = (to: string) => client.create(`test-clocks/${clock.id}/advance`, { to });
    await advance('2030-01-29T00:00:00Z');
    expect(vies.asked.length).toBe(before);
    await advance('2030-01-30T00:00:30Z');
    await eventually(
      () => Promise.resolve(vies.asked.length),
      (asked) => asked === before + 1,
    );
    await expectVerified(client, account);
  });

  it('is asked about where there is one', async () => {
    const account = await openAccount(client, { taxIds: [{ type: 'gb_vat', value: 'GB193054661' }] });
    const asked = await client.ask('POST', `accounts/${account.id}/tax-ids/check`, {}, KEYED());
    expect(asked).toMatchObject({ status: 422, body: { code: 'no_tax_id_to_check' } });
  });
});

const KEYED = () => ({ headers: { 'idempotency-key': crypto.randomUUID() } });
