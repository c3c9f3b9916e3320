import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, openAccount, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let recount: TestRecount;
let client: TestClient;
let account: Any;
let invoice: Any;

const GB = { type: 'gb_vat', value: 'GB193054661' };
const EIN = { type: 'us_ein', value: '12-3456789' };
const BUYER = {
  name: 'Ada Lovelace Ltd',
  email: 'billing@ada.example',
  billingAddress: { line1: '1 Analytical Way', city: 'London', country: 'GB' },
  shippingAddress: { city: 'Bath', country: 'GB' },
  taxIds: [GB, EIN],
  contacts: [
    { name: 'Grace Hopper', email: 'grace@ada.example', role: 'billing' },
    { name: 'Alan Turing', phone: '+44 20 7946 0000' },
  ],
  purchaseOrder: 'PO-4711',
  buyerReference: '04011000-12345-03',
  language: 'fr',
};
const {
  name,
  email,
  billingAddress: address,
  shippingAddress,
  taxIds,
  purchaseOrder,
  buyerReference,
  language,
} = BUYER;
const BILL_TO = {
  name,
  email,
  address,
  shippingAddress,
  taxIds,
  taxExemptions: [],
  purchaseOrder,
  buyerReference,
  language,
};

const change = (body: object): Promise<Any> => client.done('PATCH', `accounts/${account.id}`, body);
const billTo = async (query = ''): Promise<unknown> =>
  (await client.read(`invoices/${invoice.id}?personal=true${query}`)).billTo;

beforeAll(async () => {
  recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
  ({ account, invoice } = await billedAccount(client, BUYER));
});

/** One story, told in order. */
describe('whoever is billed', () => {
  it('is known by addresses, contacts, tax ids and references', async () => {
    expect(account).toMatchObject({ ...BUYER, taxId: GB.value });
    expect(await client.read(`accounts/${account.id}`)).toMatchObject({ ...BUYER, taxId: GB.value });
    expect(await openAccount(client)).toMatchObject({
      shippingAddress: null,
      taxId: null,
      taxIds: [],
      contacts: [],
      purchaseOrder: null,
      buyerReference: null,
      language: null,
    });
  });

  it('is on an invoice as it was then, where somebody asks for it, and that is recorded', async () => {
    expect(await client.read(`invoices/${invoice.id}`)).not.toHaveProperty('billTo');
    expect(await billTo()).toEqual(BILL_TO);
    const { data } = await client.read('audit/personal-data-reads?limit=1');
    expect(data[0]).toMatchObject({ accountId: account.id, operation: 'GetInvoice' });
    await change({ name: 'Ada plc', purchaseOrder: 'PO-4712', taxIds: null, shippingAddress: null });
    const { revision } = await client.read(`accounts/${account.id}/state`);
    expect([await billTo(), await billTo(`&asOf=revision:${revision}`)]).toEqual([BILL_TO, BILL_TO]);
    const { invoice: bare } = await billedAccount(client, { name: 'Bare' });
    expect((await client.read(`invoices/${bare.id}?personal=true`)).billTo).toEqual({
      name: 'Bare',
      address: null,
      shippingAddress: null,
      taxIds: [],
      taxExemptions: [],
      email: null,
      purchaseOrder: null,
      buyerReference: null,
      language: null,
    });
  });

  it('has one tax id that is the first of all, however it is said', async () => {
    expect(await change({ taxId: 'X1' })).toMatchObject({ taxId: 'X1', taxIds: [{ type: 'other', value: 'X1' }] });
    expect(await change({ taxIds: [GB, EIN] })).toMatchObject({ taxId: GB.value, taxIds: [GB, EIN] });
    expect(await change({ taxId: GB.value })).toMatchObject({ taxIds: [GB, EIN] });
    expect((await client.patch(`accounts/${account.id}`, { taxId: 'X1', taxIds: [GB] })).body).toMatchObject({
      status: 422,
      code: 'tax_ids_disagree',
      errors: [{ pointer: '/taxId' }],
    });
    expect(await change({ taxId: null })).toMatchObject({ taxId: null, taxIds: [] });
  });

  it('gives no tax id that cannot be one', async () => {
    const wrong = { taxIds: [EIN, { type: 'eu_vat', value: 'DE136695977' }] };
    const refusal = { status: 422, code: 'invalid_tax_id', errors: [{ pointer: '/taxIds/1/value' }] };
    expect((await client.patch(`accounts/${account.id}`, wrong)).body).toMatchObject(refusal);
    expect((await client.post('accounts', { name: 'Ada', currency: 'USD', ...wrong })).body).toMatchObject(refusal);
    const [entity] = (await client.read('legal-entities')).data;
    expect((await client.patch(`legal-entities/${entity.id}`, wrong)).body).toMatchObject(refusal);
    const defined = { name: 'Acme Inc.', invoiceNumbers: { prefix: 'US-' }, ...wrong };
    expect((await client.post('legal-entities', defined)).body).toMatchObject(refusal);
  });

  it('is sealed in the log, all of it', async () => {
    const secret = /Ada|ada\.example|Analytical|Bath|GB193054661|12-3456789|Grace|Turing|7946|PO-471|04011000/u;
    for await (const { data } of recount.store.log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } }))
      expect(JSON.stringify(data)).not.toMatch(secret);
  });

  it('is erased whole, and stays on what is kept by law', async () => {
    const erased = await client.create(`accounts/${account.id}/erase`);
    expect(erased).toMatchObject(Object.fromEntries([...Object.keys(BUYER), 'taxId'].map((field) => [field, null])));
    expect(await billTo()).toEqual(BILL_TO);
    await expectVerified(client);
  });
});
