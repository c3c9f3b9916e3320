import { type Account } from '#billing/account';
import { amountDue } from '#billing/invoice';
import { requestedNet } from '#billing/transfer';
import { money, type AccountId } from '#kernel';
import { bookBalance } from '#ledger';
import { differencesBetween, type Difference } from './difference.js';

/** The book balances, and the receivable is what the open invoices say is owed, beside what requested transfers moved there. */
export const bookDifferences = (accountId: AccountId, account: Account): Difference[] => {
  const { book, invoices, profile } = account;
  const { currency } = profile!;
  const balanced = [...book].flatMap(([bookCurrency, byCode]) => {
    const sides = [...byCode.values()];
    const debits = sides.reduce((total, { debitsPosted }) => total + debitsPosted, 0n);
    const credits = sides.reduce((total, { creditsPosted }) => total + creditsPosted, 0n);
    return differencesBetween(accountId, `book ${bookCurrency} balance`, debits, credits);
  });
  const due = [...invoices.values()]
    .filter(({ status }) => status === 'open')
    .reduce((total, invoice) => total + amountDue(invoice).minor, 0n);
  const receivable = money(bookBalance(book, 'receivable', currency) - requestedNet(account, 'receivable'), currency);
  return [...balanced, ...differencesBetween(accountId, 'book receivable', money(due, currency), receivable)];
};
