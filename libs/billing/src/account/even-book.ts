import { majorUnits, money, refuse } from '#kernel';
import { bookBalance, type LedgerCode } from '#ledger';
import type { Account } from './account.state.js';

/** What is owed by the customer, or to it: nothing of that is left when an account closes. */
const OWED: readonly LedgerCode[] = ['receivable', 'customer_credit', 'wallet'];

/** @throws DomainError `account_book_not_even` */
export const refuseUneven = (account: Account): void => {
  const left = [...balancesLeft(account), ...pendingLeft(account)];
  if (left.length > 0) refuse('account_book_not_even', `The book of the account is not even: ${left.join(', ')}.`);
};

const balancesLeft = ({ book }: Account): string[] =>
  [...book.keys()].flatMap((currency) =>
    OWED.flatMap((code) => {
      const balance = money(bookBalance(book, code, currency), currency);
      return balance.minor === 0n ? [] : [`${majorUnits(balance)} ${currency} on ${code}`];
    }),
  );

const pendingLeft = ({ transfers }: Account): string[] => {
  const pending = [...transfers.values()].filter(({ status }) => status === 'pending').length;
  return pending === 0 ? [] : [`${pending} pending transfer${pending === 1 ? '' : 's'}`];
};
