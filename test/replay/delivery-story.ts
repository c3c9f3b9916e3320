import { eventually } from '../services/eventually.js';
import type { MailServer } from '../services/mail-server.js';
import type { TestRecount } from '../services/test-recount.js';
import { billedAccount, withCatalog } from '../e2e/samples.js';

/** An invoice that is sent, and one whose recipient is refused. */
export const tellOfDeliveries = async (recount: TestRecount, mail: MailServer): Promise<void> => {
  const client = await recount.manualTenant('Sending');
  await withCatalog(client);
  const { invoice } = await billedAccount(client, { email: 'ada@example.com' });
  await eventually(
    () => client.read(`invoices/${invoice.id}`),
    ({ number }) => number !== null,
  );
  for (const answers of [[], [550]]) {
    mail.answers.push(...answers);
    await client.create(`invoices/${invoice.id}/deliveries`, {});
    await eventually(
      async () => (await client.read(`invoices/${invoice.id}/deliveries`))[0],
      ({ status }) => status !== 'requested',
    );
  }
};
