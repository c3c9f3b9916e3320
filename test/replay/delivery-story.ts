import { eventually } from '../services/eventually.js';
import type { MailServer } from '../services/mail-server.js';
import type { TestRecount } from '../services/test-recount.js';
import type { TestClient } from '../services/test-client.js';
import { billedAccount, usd, withCatalog } from '../e2e/samples.js';

/** An invoice that is sent, and refused; then a credit note of it that is sent by itself. */
export const tellOfDeliveries = async (recount: TestRecount, mail: MailServer): Promise<void> => {
  const client = await recount.manualTenant('Sending');
  await withCatalog(client);
  const { invoice } = await billedAccount(client, { email: 'ada@example.com' });
  await numbered(client, `invoices/${invoice.id}`);
  await sent(client, `invoices/${invoice.id}`);
  mail.answers.push(550);
  await sent(client, `invoices/${invoice.id}`);
  await client.done('PUT', 'settings/mail', { sendInvoices: 'on_number' });
  const note = await client.create(`invoices/${invoice.id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
  await settled(client, `credit-notes/${note.id}`);
};

const numbered = (client: TestClient, path: string) =>
  eventually(
    () => client.read(path),
    ({ number }) => number !== null,
  );

const sent = async (client: TestClient, path: string): Promise<void> => {
  await client.create(`${path}/deliveries`, {});
  await settled(client, path);
};

const settled = (client: TestClient, path: string): Promise<unknown> =>
  eventually(
    () => client.read(`${path}/deliveries`),
    ([delivery]) => delivery !== undefined && delivery.status !== 'requested',
  );
