import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import { bill, billedAccount, invoicesOf, JANUARY, usd, withCatalog, withVat } from '../e2e/samples.js';

/** A tenant that gives back some of what it billed: of what is open, paid and given up; one note is void again, and one numbered with the invoices; and two billings below zero, one of them void. */
export const tellOfCreditNotes = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Credited');
  await withCatalog(client);
  await withVat(client);
  const [open, paid, givenUp] = [await billed(client), await billed(client), await billed(client)];
  const { lineId } = lineOf(open);
  await credit(client, open, { lines: [{ lineId, quantity: '1' }], memo: 'We are sorry.' });
  const mistaken = await credit(client, open, { amount: usd('1.00') });
  await client.create(`credit-notes/${mistaken.id}/void`, { reason: 'by mistake' });
  await client.create(`invoices/${paid.id}/payments`, { amount: usd('53.55') });
  await credit(client, paid, { kind: 'cancellation' });
  await client.create(`invoices/${givenUp.id}/mark-uncollectible`);
  await client.done('PATCH', 'tenant', { creditNoteNumbers: null });
  await credit(client, givenUp, { amount: usd('10.00') });
  await endEarly(client);
  const mistake = await endEarly(client);
  await client.create(`invoices/${mistake.id}/void`, { reason: 'by mistake' });
};

/** What a subscription that ends early gives back, once that is numbered. */
const endEarly = async (client: TestClient): Promise<Any> => {
  const { account } = await billedAccount(client, { billingAddress: { country: 'DE' } });
  const { data } = await client.read(`subscriptions?accountId=${account.id}`);
  await client.create(`subscriptions/${data[0].id}/cancel`, { at: '2025-01-11T00:00:00Z' });
  const [below] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
  await eventually(
    () => client.read(`credit-notes/${below.creditNotes[0].id}`),
    ({ number }) => number !== null,
  );
  return below;
};

const billed = async (client: TestClient): Promise<Any> =>
  (await billedAccount(client, { billingAddress: { country: 'DE' } })).invoice;

const lineOf = ({ lines }: Any): { readonly lineId: string } => ({
  lineId: lines.find(({ charge }: Any) => charge === 'fee').id,
});

/** The note, once it has its number. */
const credit = async (client: TestClient, invoice: Any, note: object): Promise<Any> => {
  const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, { reason: 'outage', ...note });
  return eventually(
    () => client.read(`credit-notes/${id}`),
    ({ number }) => number !== null,
  );
};
