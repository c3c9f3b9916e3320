import type { AccountFact, InvoiceLine } from '#contracts';
import type { Account, AccountCommand } from '#billing/account';
import type { Money } from '#kernel';
import type { LedgerCode } from '#ledger';
import { like, type Given } from '../given-when-then.js';

/** What a test of an account begins with. */
export type AccountGiven = Given<Account, AccountCommand, AccountFact>;

/** One transfer, whatever its id and its cause. */
export const booked = (debit: LedgerCode, credit: LedgerCode, amount: Money) =>
  like('TransferPosted', { debit, credit, amount });

export const linesIn = (facts: readonly AccountFact[]): InvoiceLine[] =>
  facts.flatMap((fact) => (fact.type === 'InvoiceLinesAdded' ? fact.data.lines : []));

/** Minor units of the lines, by charge and kind. */
export const billedIn = (facts: readonly AccountFact[]): string[] =>
  linesIn(facts).map(({ charge, kind, amount }) => `${charge} ${kind} ${amount.minor}`);

/** Minor units that were moved, by debit and credit. */
export const transfersIn = (facts: readonly AccountFact[]): string[] =>
  facts.flatMap((fact) =>
    fact.type === 'TransferPosted' ? `${fact.data.debit} ${fact.data.credit} ${fact.data.amount.minor}` : [],
  );

/** Minor units of the invoice that was finalized; undefined if none was. */
export const totalIn = (facts: readonly AccountFact[]): bigint | undefined =>
  facts.find((fact) => fact.type === 'InvoiceFinalized')?.data.totals.total.minor;
