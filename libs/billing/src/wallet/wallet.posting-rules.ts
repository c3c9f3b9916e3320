import type { GrantKind } from '#contracts';
import type { Money } from '#kernel';
import type { Posting } from '#ledger';
import type { DocumentLine } from '../invoice/invoice-line.js';

/** Bought credit is owed to the customer until it is used; given credit is nothing until then, and lessens revenue. */
const heldOn = (kind: GrantKind): Posting['debit'] => (kind === 'paid' ? 'wallet' : 'promotional_discount');

/** Credit that is sold is owed to the customer, and no revenue. */
export const topUpPostings = (lines: readonly Pick<DocumentLine, 'kind' | 'amount'>[]): Posting[] =>
  lines.flatMap(({ kind, amount }): Posting[] =>
    kind === 'wallet_top_up' ? [{ debit: 'receivable', credit: 'wallet', amount }] : [],
  );

/** Grants pay what an invoice is owed. */
export const walletAppliedPostings = (draws: readonly { readonly kind: GrantKind; readonly amount: Money }[]) =>
  draws.map(({ kind, amount }): Posting => ({ debit: heldOn(kind), credit: 'receivable', amount }));

/** Nobody will use it any more: what was bought is earned. What was given was never booked. */
export const lapsedPostings = (kind: GrantKind, amount: Money): Posting[] =>
  kind === 'paid' ? [{ debit: 'wallet', credit: 'breakage_revenue', amount }] : [];

/** What lapsed was never paid for, and its invoice is void. */
export const lapseReversedPostings = (kind: GrantKind, amount: Money): Posting[] =>
  kind === 'paid' ? [{ debit: 'breakage_revenue', credit: 'wallet', amount }] : [];

/** What was bought is the customer’s, though not in a wallet any more. */
export const walletPaidOutPostings = (kind: GrantKind, amount: Money): Posting[] =>
  kind === 'paid' ? [{ debit: 'wallet', credit: 'customer_credit', amount }] : [];

/** What was never paid for, and nobody used, is no loss. */
export const topUpGivenUpPostings = (amount: Money): Posting[] => [{ debit: 'wallet', credit: 'bad_debt', amount }];
