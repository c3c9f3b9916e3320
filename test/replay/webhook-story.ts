import type { TestRecount } from '../services/test-recount.js';

/** An endpoint that is changed, gets another secret, is disabled and enabled; and one that is deleted. */
export const tellOfWebhooks = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Listening');
  const url = 'https://127.0.0.1:1/hook';
  const kept = await client.create('webhook-endpoints', { url, eventTypes: ['invoice.*'], description: 'Books' });
  await client.done('PATCH', `webhook-endpoints/${kept.id}`, { format: 'thin', ordering: 'none' });
  for (const doing of ['rotate-secret', 'disable', 'enable'])
    await client.done('POST', `webhook-endpoints/${kept.id}/${doing}`);
  const deleted = await client.create('webhook-endpoints', { url });
  await client.done('POST', `webhook-endpoints/${deleted.id}/delete`);
};
