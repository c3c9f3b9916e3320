import { LedgerOverlay, type CreatedTransfer, type LimitedAccount } from './ledger-view.js';
import { submitTransfers } from './submit-transfers.js';
import { AMOUNT_MAX, type TransferRequest } from './transfer-request.js';

/**
 * Zeroes accounts into a control account, as books do at the end of a year: from an account that grows by credits, and to one that
 * grows by debits, a balancing transfer of the largest amount moves exactly its net balance. (TigerBeetle, close-account recipe.)
 */
export const closeOut = (
  accounts: readonly (LimitedAccount & { readonly normalSide: 'debit' | 'credit' })[],
  control: LimitedAccount,
): { readonly transfers: readonly CreatedTransfer[]; readonly control: LimitedAccount } => {
  const requests = accounts.map(({ id, normalSide }): TransferRequest => ({
    id: `close ${id}`,
    amount: AMOUNT_MAX,
    ...(normalSide === 'credit'
      ? { debit: id, credit: control.id, flags: ['balancing_debit'] }
      : { debit: control.id, credit: id, flags: ['balancing_credit'] }),
  }));
  const before = new LedgerOverlay();
  for (const account of [...accounts, control]) before.put(account);
  const { ledger } = submitTransfers(before, requests, 0n);
  return {
    transfers: requests.flatMap(({ id }) => ledger.transfer(id) ?? []),
    control: ledger.account(control.id)!,
  };
};
