import { openAccount, subscribe, withCatalog } from '../e2e/samples.js';
import type { TestRecount } from '../services/test-recount.js';

/** An endpoint that is changed, gets another secret, is disabled and enabled; and one that is deleted. Beside them, a job that is tried, and skipped. */
export const tellOfWebhooks = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Listening');
  const url = 'https://127.0.0.1:1/hook';
  const kept = await client.create('webhook-endpoints', { url, eventTypes: ['invoice.*'], description: 'Books' });
  await client.done('PATCH', `webhook-endpoints/${kept.id}`, { format: 'thin', ordering: 'none' });
  for (const doing of ['rotate-secret', 'disable', 'enable'])
    await client.done('POST', `webhook-endpoints/${kept.id}/${doing}`);
  await withCatalog(client);
  const account = await openAccount(client);
  await subscribe(client, account.id, { startAt: undefined });
  const [job] = (await client.read('jobs?state=due')).data;
  for (const doing of ['run-now', 'skip'])
    await client.done('POST', `jobs/${encodeURIComponent(job.id)}/${doing}`, { reason: 'looked into' });
  const deleted = await client.create('webhook-endpoints', { url });
  await client.done('POST', `webhook-endpoints/${deleted.id}/delete`);
};
