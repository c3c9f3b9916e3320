import { referenceOfNumber } from '#kernel';
import { bankFile } from '../e2e/bank-files.js';
import { billedAccount, withCatalog } from '../e2e/samples.js';
import { eventually } from '../services/eventually.js';
import type { Any } from '../services/test-client.js';
import type { TestRecount } from '../services/test-recount.js';

const IBAN = 'DE89370400440532013000';
const PAYER = 'NL91ABNA0417164300';

/** A tenant whose customers pay by transfer: one names the reference, one is matched, unmatched and matched again, something is ignored and is so no more. */
export const tellOfBankStatements = async (recount: TestRecount): Promise<void> => {
  const client = await recount.manualTenant('By transfer');
  await withCatalog(client);
  const { invoice, account } = await billedAccount(client);
  const { number } = await eventually(
    () => client.read(`invoices/${invoice.id}`),
    ({ number: told }) => told !== null,
  );
  const bank = await client.create('bank-accounts', { name: 'Main account', currency: 'USD', iban: IBAN });
  const file = bankFile({ iban: IBAN, day: '2026-03-02' }, [
    { amount: '40.00', text: `thanks ${referenceOfNumber(number)}`, name: 'Ada', iban: PAYER, reference: 'R1' },
    { amount: '7.00', text: 'by mistake', name: 'Bo' },
    { amount: '-9.00', text: 'fees' },
  ]);
  const content = Buffer.from(file).toString('base64');
  await client.create(`bank-accounts/${bank.id}/statements`, { content });
  await client.create(`bank-accounts/${bank.id}/statements`, { content });
  const path = `bank-accounts/${bank.id}/entries`;
  const entries = (): Promise<Any[]> => client.read(path).then(({ data }) => data);
  await eventually(entries, (all) => all.some(({ status }) => status === 'matched'));
  const [fees, mistaken] = await entries();
  await client.create(`${path}/${mistaken.id}/match`, { accountId: account.id });
  await client.create(`${path}/${mistaken.id}/unmatch`, { reason: 'of somebody else' });
  for (const verb of ['ignore', 'unmatch', 'ignore'])
    await client.create(`${path}/${fees.id}/${verb}`, { reason: 'of the bank' });
};
