import type { TestRecount } from '../services/test-recount.js';
import { POINT } from '../../libs/testing/src/pictures.js';
import { billedAccount, openAccount, withCatalog } from '../e2e/samples.js';

/** A tenant that says who it is, and sells by a second legal entity, too. */
export const tellOfParties = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Parties');
  await withCatalog(client);
  const { data } = await client.read('legal-entities');
  await client.done('PATCH', `legal-entities/${data[0].id}`, {
    name: 'Parties GmbH',
    address: { line1: 'Invalidenstr. 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    taxIds: [{ type: 'eu_vat', value: 'DE136695976' }],
    bankAccounts: [{ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }],
  });
  await client.done('PATCH', `legal-entities/${data[0].id}/branding`, { logo: POINT, accentColor: '#0a5c36' });
  const american = await client.create('legal-entities', {
    name: 'Parties Inc.',
    timeZone: 'America/New_York',
    invoiceNumbers: { prefix: 'US-' },
  });
  const billed = await billedAccount(client, {
    externalId: 'party',
    shippingAddress: { city: 'Bath', country: 'GB' },
    taxIds: [{ type: 'gb_vat', value: 'GB193054661' }],
    contacts: [{ name: 'Grace Hopper', email: 'grace@parties.example', role: 'billing' }],
    purchaseOrder: 'PO-1',
    buyerReference: '04011000-12345-03',
  });
  await client.done('PATCH', `accounts/${billed.account.id}`, { purchaseOrder: 'PO-2', taxId: 'X1' });
  const moved = await openAccount(client, { legalEntityId: american.id });
  await client.done('PATCH', `accounts/${moved.id}`, { legalEntityId: data[0].id });
  await billedAccount(client, { legalEntityId: american.id });
  await client.done('PATCH', `legal-entities/${american.id}`, {
    invoiceNumbers: { digits: 4 },
    email: 'us@parties.example',
  });
  await billedAccount(client, { legalEntityId: american.id });
};
