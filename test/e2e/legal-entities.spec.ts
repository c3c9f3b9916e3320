import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, openAccount, subscribe, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let client: TestClient;
let german: Any;
let american: Any;

const BERLIN = { line1: 'Invalidenstr. 1', city: 'Berlin', postalCode: '10115', country: 'DE' };
const VAT = { type: 'eu_vat', value: 'DE136695976' };
const AMERICAN = {
  name: 'Acme Inc.',
  timeZone: 'America/New_York',
  invoiceNumbers: { prefix: 'US-', digits: 4 },
  creditNoteNumbers: { prefix: 'US-CN-', digits: 4 },
  address: { line1: '1 Main St', city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' },
  taxIds: [{ type: 'us_ein', value: '12-3456789' }],
  bankAccounts: [{ accountNumber: '000123456789', routingNumber: '110000000', bankName: 'Bank' }],
};

/** As documents say it, with nothing where nothing was said. */
const seller = (fields: object): object => ({
  address: null,
  taxIds: [],
  registration: null,
  email: null,
  phone: null,
  website: null,
  bankAccounts: [],
  language: null,
  footer: null,
  ...fields,
});

beforeAll(async () => {
  const recount = await stopping.use(TestRecount.start());
  client = await recount.manualTenant('Acme');
  await withCatalog(client);
});

const numbered = (id: string): Promise<Any> =>
  eventually(
    () => client.read(`invoices/${id}`),
    ({ number }) => number !== null,
    'the number of an invoice',
  );

/** One story, told in order. */
describe('a tenant with several legal entities', () => {
  it('has one from the beginning, which goes by what the tenant is called', async () => {
    const { data } = await client.read('legal-entities');
    [german] = data;
    expect(data).toEqual([
      {
        id: german.id,
        default: true,
        timeZone: 'UTC',
        invoiceNumbers: { prefix: 'INV-', digits: 6 },
        creditNoteNumbers: { prefix: 'CN-', digits: 6 },
        ...seller({ name: null }),
      },
    ]);
    const { invoice } = await billedAccount(client);
    expect(invoice.seller).toEqual(seller({ name: 'Acme' }));
  });

  it('says who it is; the settings of the tenant say the same', async () => {
    await client.done('PATCH', 'tenant', { legalName: 'Acme GmbH', timeZone: 'Europe/Berlin' });
    const details = {
      address: BERLIN,
      taxIds: [VAT],
      registration: 'Amtsgericht Berlin, HRB 12345',
      bankAccounts: [{ iban: 'DE89 3704 0044 0532 0130 00', bic: 'COBADEFFXXX' }],
      website: 'https://acme.example',
      language: 'de',
      footer: 'Managing director: Ada Lovelace',
    };
    const changed = await client.done('PATCH', `legal-entities/${german.id}`, details);
    expect(changed).toMatchObject({
      ...details,
      name: 'Acme GmbH',
      timeZone: 'Europe/Berlin',
      bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }],
    });
    await client.done('PATCH', `legal-entities/${german.id}`, { name: 'Acme AG' });
    expect(await client.read('tenant')).toMatchObject({ name: 'Acme', legalName: 'Acme AG' });
    expect(await client.read(`legal-entities/${german.id}`)).toMatchObject({ name: 'Acme AG', address: BERLIN });
  });

  it('sells by another one, with numbers and days of its own', async () => {
    american = await client.create('legal-entities', AMERICAN);
    expect(american).toEqual({ id: american.id, default: false, log: expect.anything(), ...seller(AMERICAN) });
    const clock = await client.create('test-clocks', { name: 'night', startAt: '2025-03-01T03:00:00Z' });
    const onClock = { legalEntityId: american.id, test: true, testClockId: clock.id };
    const night = await billedAccount(client, onClock);
    expect(night.invoice.issueDate).toBe('2025-02-28');
    const asOfDay = (at: string): Promise<Any> => client.get(`invoices/${night.invoice.id}?effectiveAt=${at}`);
    expect(await asOfDay('2025-02-28T04:59:59Z')).toMatchObject({ status: 404 });
    expect(await asOfDay('2025-02-28T05:00:00Z')).toMatchObject({ status: 200 });
    expect(night.account).toMatchObject({ legalEntityId: american.id, timeZone: 'America/New_York' });
    const { invoice } = await billedAccount(client, { legalEntityId: american.id, timeZone: 'UTC' });
    const { name, address, taxIds, bankAccounts } = AMERICAN;
    expect(invoice.seller).toEqual(seller({ name, address, taxIds, bankAccounts }));
    expect(await numbered(invoice.id)).toMatchObject({ number: 'US-0001' });
    await client.create(`invoices/${invoice.id}/payments`, {
      amount: invoice.total,
      method: 'bank_transfer',
      receivedOn: invoice.issueDate,
    });
    const german2 = await billedAccount(client);
    expect(german2.account.legalEntityId).toBe(german.id);
    expect(await numbered(german2.invoice.id)).toMatchObject({ number: 'INV-000002' });
  });

  it('shows on an invoice who sold then, whatever is said later', async () => {
    const before = await billedAccount(client, { legalEntityId: american.id });
    const { seller: sold } = before.invoice;
    await client.done('PATCH', `legal-entities/${american.id}`, { name: 'Acme Corp.', address: null });
    expect((await client.read(`invoices/${before.invoice.id}`)).seller).toEqual(sold);
    const { revision } = await client.read(`accounts/${before.account.id}/state`);
    expect((await client.read(`invoices/${before.invoice.id}?asOf=revision:${revision}`)).seller).toEqual(sold);
    const after = await billedAccount(client, { legalEntityId: american.id });
    expect(after.invoice.seller).toMatchObject({ name: 'Acme Corp.', address: null });
  });

  it('moves an account to another one as long as nothing is issued or booked for it', async () => {
    const account = await openAccount(client);
    const moved = await client.done('PATCH', `accounts/${account.id}`, { legalEntityId: american.id });
    expect(moved).toMatchObject({ legalEntityId: american.id, timeZone: account.timeZone });
    expect((await client.read(`accounts/${account.id}?asOf=revision:0`)).legalEntityId).toBe(german.id);
    await subscribe(client, account.id);
    await client.done('PATCH', `accounts/${account.id}`, { legalEntityId: german.id });
    const { account: billed } = await billedAccount(client);
    await client.done('PATCH', `accounts/${billed.id}`, { legalEntityId: german.id });
    expect((await client.patch(`accounts/${billed.id}`, { legalEntityId: american.id })).body).toMatchObject({
      status: 422,
      code: 'legal_entity_has_books',
      errors: [{ pointer: '/legalEntityId' }],
    });
  });

  it('refuses what would not be one', async () => {
    const refused = async (body: object): Promise<unknown> => {
      const { body: problem } = await client.patch(`legal-entities/${american.id}`, body);
      return [problem.status, problem.code, problem.errors?.[0]?.pointer];
    };
    expect(await refused({ invoiceNumbers: { prefix: 'INV-' } })).toEqual([
      422,
      'invoice_prefix_taken',
      '/invoiceNumbers/prefix',
    ]);
    expect(await refused({ bankAccounts: [{ iban: 'DE89370400440532013001' }] })).toEqual([
      400,
      'invalid_request',
      '/bankAccounts/0/iban',
    ]);
    expect(await refused({ bankAccounts: [{ bankName: 'Bank' }] })).toEqual([
      422,
      'bank_account_number_required',
      '/bankAccounts/0',
    ]);
    expect(await refused({ language: 'deutsch?' })).toEqual([400, 'invalid_request', '/language']);
    expect(await refused({ address: { country: 'Germany' } })).toEqual([400, 'invalid_request', '/address/country']);
    expect(await refused({ address: { country: 'UK' } })).toEqual([400, 'invalid_request', '/address/country']);
    expect(await refused({ taxIds: [{ type: 'vat', value: '1' }] })).toEqual([
      400,
      'invalid_request',
      '/taxIds/0/type',
    ]);
    const nobody = 'ent_01j9zq6e4hf0fvwpn5t5jzq3cd';
    expect((await client.get(`legal-entities/${nobody}`)).body).toMatchObject({ code: 'legal_entity_not_found' });
    expect((await client.patch(`legal-entities/${nobody}`, {})).body).toMatchObject({ code: 'legal_entity_not_found' });
    const opened = await client.post('accounts', { name: 'Ada', currency: 'USD', legalEntityId: nobody });
    expect(opened.body).toMatchObject({ status: 404, code: 'legal_entity_not_found' });
    expect(opened.body.errors).toMatchObject([{ pointer: '/legalEntityId' }]);
  });

  it('is in the events and in the audit log, and has books that verify', async () => {
    const { data } = await client.read('audit/log?limit=200');
    const defined = data.filter(({ type }: Any) => type === 'LegalEntityDefined');
    expect(defined.map(({ command }: Any) => command)).toEqual([
      'ChangeLegalEntity',
      'DefineLegalEntity',
      'ChangeLegalEntity',
      'ChangeLegalEntity',
      'CreateTenant',
    ]);
    const renamed = defined[0].changes.find(({ field }: Any) => field === 'name');
    expect(renamed).toMatchObject({ before: 'Acme Inc.', after: 'Acme Corp.' });
    await expectVerified(client);
  });
});
