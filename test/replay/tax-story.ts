import { EventLog } from '#kernel';
import { eventually } from '../services/eventually.js';
import type { ForkedService } from '../services/forked-service.js';
import type { Any } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import {
  bill,
  billedAccount,
  invoicesOf,
  JANUARY,
  openAccount,
  PLAN,
  subscribe,
  usd,
  withCatalog,
} from '../e2e/samples.js';

/** A tenant that charges tax by where it and its customers are, and later inside its prices. */
export const tellOfTaxes = async (recount: TestRecount, service: ForkedService): Promise<void> => {
  await tellOfTaxesElsewhere(recount, service);
  const client = await recount.manualTenant('Taxed');
  await withCatalog(client);
  await client.done('PUT', 'settings/tax', { provider: 'rates', country: 'DE', oss: true });
  const rate = { category: 'S', validFrom: '2020-01-01' };
  await client.create('tax-rates', { ...rate, code: 'de-vat', jurisdiction: 'DE', rate: '19' });
  await client.create('tax-rates', { ...rate, code: 'fr-vat', jurisdiction: 'FR', rate: '20', validTo: '2099-12-31' });
  await billedAccount(client, { billingAddress: { country: 'DE' } });
  await billedAccount(client, { billingAddress: { country: 'FR' } });
  await billedAccount(client, { billingAddress: { country: 'FR' }, taxId: 'FR40303265045' });
  const exempt = await client.create('accounts', { name: 'Ada', currency: 'USD', billingAddress: { country: 'DE' } });
  await client.create(`accounts/${exempt.id}/tax-exemptions`, {
    jurisdiction: 'DE',
    number: 'NV-1',
    validTo: '2099-12-31',
  });
  await client.create(`accounts/${exempt.id}/invoice-items`, {
    description: 'Setup',
    unitAmount: '50.00',
    on: 'own_invoice',
  });
  await client.create('tax-rates', { ...rate, code: 'de-reduced', jurisdiction: 'DE', rate: '7', taxClass: 'reduced' });
  await client.done('PUT', 'settings/tax', { provider: 'rates', country: 'DE', oss: true, taxPoint: 'service_end' });
  const [fee] = PLAN.charges;
  const charges = [fee, { ...fee, key: 'books', taxClass: 'reduced', price: { model: 'flat', amount: '12.34' } }];
  await client.create('plans', { ...PLAN, key: 'mixed', charges });
  const mixed = await openAccount(client, { billingAddress: { country: 'DE' } });
  await client.create(`accounts/${mixed.id}/invoice-items`, {
    description: 'Book',
    unitAmount: '10.00',
    taxClass: 'reduced',
  });
  await subscribe(client, mixed.id, { plan: 'mixed' });
  const [several] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [mixed.id] }));
  const line = several.lines.find(({ taxClass }: Any) => taxClass === 'reduced');
  await client.create(`invoices/${several.id}/credit-notes`, {
    lines: [{ lineId: line.id, amount: usd('5.00') }],
    reason: 'outage',
  });
  await client.done('PUT', 'settings/tax', { provider: 'rates', country: 'DE', oss: true, prices: 'inclusive' });
  const { invoice } = await billedAccount(client, { billingAddress: { country: 'DE' } });
  await client.create(`invoices/${invoice.id}/void`, { reason: 'by mistake' });
};

/** Until the log says of so many documents what became of telling the service. */
const told = (recount: TestRecount, count: number): Promise<unknown> =>
  eventually(
    () => Array.fromAsync(recount.app.get(EventLog).readAll({ filter: { typePrefixes: ['TaxDocument'] } })),
    ({ length }) => length >= count,
  );

/** What a service says of taxes, and what stands in for it; and what a register says of VAT ids. */
const tellOfTaxesElsewhere = async (recount: TestRecount, service: ForkedService): Promise<void> => {
  const client = await recount.manualTenant('Taxed elsewhere');
  await withCatalog(client);
  const settings = { provider: 'http', country: 'US', region: 'NY', flat: { basisPoints: 800, b2bExempt: false } };
  await client.done('PUT', 'settings/tax', settings);
  const billingAddress = { country: 'US', region: 'NY', postalCode: '10001' };
  const { invoice } = await billedAccount(client, { billingAddress });
  await told(recount, 1);
  await client.create(`invoices/${invoice.id}/void`, {});
  await told(recount, 2);
  await service.behaves('refuses');
  await client.done('PUT', 'settings/tax', { ...settings, onOutage: 'fallback_rate' });
  await billedAccount(client, { billingAddress });
  await told(recount, 3);
  await client.done('PUT', 'settings/tax', settings);
  await service.behaves('down');
  const waiting = await openAccount(client, { billingAddress });
  await subscribe(client, waiting.id);
  await bill(client, JANUARY.end, { accounts: [waiting.id] });
  await client.done('PUT', 'settings/tax', { ...settings, onOutage: 'fallback_rate' });
  await billedAccount(client, { billingAddress });
  await service.behaves('well');
  const french = await openAccount(client, { taxIds: [{ type: 'eu_vat', value: 'FR40303265045' }] });
  await client.create(`accounts/${french.id}/tax-ids/check`);
};
