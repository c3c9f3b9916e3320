import {
  bill,
  FEBRUARY,
  invoicesOf,
  JANUARY,
  openAccount,
  reading,
  recordUsage,
  subscribe,
  usd,
  withCatalog,
} from '../e2e/samples.js';
import { eventually } from '../services/eventually.js';
import { leaveReservation } from '../services/left-reservation.js';
import type { TestRecount } from '../services/test-recount.js';

/**
 * A tenant with coupons and discounts that were agreed: a percentage and an amount beside each other, with usage that comes late; one that counts
 * once, on an invoice that is void; what was removed, what lies ahead, and a coupon that has no redemption left.
 */
export const tellOfDiscounts = async (recount: TestRecount): Promise<void> => {
  const { client, tenantId } = await recount.createTenant('Discounted');
  await client.done('PUT', 'settings/billing', { billing: 'manual' });
  await withCatalog(client);
  await client.create('coupons', { code: 'LAUNCH20', name: 'Launch', percent: '20', duration: 'forever' });
  await client.create('coupons', {
    code: 'FIVE',
    name: 'Five',
    amounts: [usd('5.00')],
    duration: 'periods',
    periods: 1,
    maxRedemptions: 1,
  });
  await client.create('coupons', { code: 'FIRST', name: 'First', percent: '50', duration: 'once', charges: ['fee'] });
  const both = await openAccount(client);
  const first = await subscribe(client, both.id, { coupons: ['LAUNCH20', 'FIVE'] });
  await client.post('subscriptions', { accountId: both.id, plan: 'pro', coupons: ['FIVE'] });
  const once = await openAccount(client);
  const { id } = await subscribe(client, once.id, { coupons: ['FIRST'] });
  for (const { id: accountId } of [both, once])
    await recordUsage(client, [reading(accountId, 1_500, '2025-01-10T12:00:00Z')]);
  await bill(client, JANUARY.end);
  await recordUsage(client, [reading(both.id, 100, '2025-01-20T12:00:00Z')]);
  const { data } = await client.read(`invoices?accountId=${once.id}`);
  await client.create(`invoices/${data[0].id}/void`, { reason: 'by mistake' });
  await client.create(`subscriptions/${id}/discounts`, {
    name: 'Loyalty',
    percent: '10',
    duration: 'until',
    until: '2099-01-01',
  });
  const removed = await client.create(`subscriptions/${id}/discounts`, {
    name: 'Mistake',
    amount: usd('1.00'),
    duration: 'forever',
  });
  await client.create(`subscriptions/${id}/discounts/${removed.id}/remove`);
  const waiting = await subscribe(client, both.id, {
    activation: 'manual',
    startAt: FEBRUARY.start,
    coupons: ['LAUNCH20'],
  });
  await client.create(`subscriptions/${waiting.id}/activate`, { at: FEBRUARY.start });
  await client.create('coupons', {
    code: 'WELCOME',
    name: 'Welcome',
    percent: '5',
    duration: 'forever',
    firstTimeOnly: true,
  });
  await client.post(`subscriptions/${first.id}/discounts`, { coupon: 'WELCOME' });
  await leaveReservation(recount, { tenantId, accountId: both.id, coupon: 'WELCOME' });
  await eventually(
    () => client.read('coupons/WELCOME/redemptions'),
    ({ data: left }) => left.length === 0,
  );
  await client.create('coupons/LAUNCH20/archive');
  const wide = { name: 'Partner', percent: '10', duration: 'forever' };
  const partner = await client.create(`accounts/${both.id}/discounts`, wide);
  await client.create(`accounts/${both.id}/invoice-items`, { description: 'Setup', amount: usd('9.99') });
  await subscribe(client, both.id);
  await client.create(`accounts/${both.id}/discounts/${partner.id}/remove`);
  await client.done('PUT', 'settings/billing', { billing: 'manual', finalize: 'grace', graceHours: 1 });
  const run = await bill(client, FEBRUARY.end);
  const [draft] = await invoicesOf(client, run);
  await client.create(`invoices/${draft.id}/discounts`, { name: 'Goodwill', amount: usd('0.99'), reason: 'agreed' });
  await client.create(`invoices/${draft.id}/finalize`);
  await tellOfAnother(recount);
};

/** Codes are those of a tenant: another one has the same. */
const tellOfAnother = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Discounted, too');
  await withCatalog(client);
  await client.create('coupons', { code: 'LAUNCH20', name: 'Launch', percent: '25', duration: 'once' });
  const { id } = await openAccount(client);
  await subscribe(client, id, { coupons: ['LAUNCH20'] });
  await bill(client, JANUARY.end);
};
