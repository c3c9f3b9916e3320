import { eventually } from '../services/eventually.js';
import type { Any, TestClient } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';
import { billedAccount, usd, withCatalog } from '../e2e/samples.js';

/** A tenant that gives back some of what it billed: of what is open, paid and given up; one note is void again, and one numbered with the invoices. */
export const tellOfCreditNotes = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('Credited');
  await withCatalog(client);
  await client.done('PUT', 'settings/tax', { provider: 'rates', country: 'DE' });
  const rate = { code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: '2020-01-01' };
  await client.create('tax-rates', rate);
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
