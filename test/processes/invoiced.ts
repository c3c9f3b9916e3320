import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';

/** An open invoice over 30.00 USD. */
export const openInvoice = async (client: TestClient): Promise<Any> => {
  await client.create('plans', {
    key: 'solo',
    name: 'Solo',
    currency: 'USD',
    interval: { unit: 'month', count: 1 },
    charges: [
      { key: 'fee', name: 'Fee', kind: 'recurring', timing: 'in_advance', price: { model: 'flat', amount: '30.00' } },
    ],
  });
  const { id } = await client.create('accounts', { name: 'Ada', currency: 'USD' });
  const period = { startAt: '2026-01-01T00:00:00Z', anchor: { align: 'calendar' } };
  await client.create('subscriptions', { accountId: id, plan: 'solo', ...period });
  await client.create('billing-runs', { billThrough: '2026-01-01T00:00:00Z' });
  const [invoice] = await eventually(
    async () => (await client.done('GET', 'invoices')).data as Any[],
    ([first]) => first?.status === 'open',
  );
  return invoice;
};
