import type { AccountFact, Fact } from '#contracts';
import { money, refuse, sum, type Instant, type LocalDate, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Invoice } from '../invoice/invoice.js';
import { transfersPosted } from '../payment/transfers.js';
import { expiryTimer } from './grant-timers.js';
import { grantBoughtBy, grantOf } from './wallet.js';
import { lapseReversedPostings, topUpGivenUpPostings } from './wallet.posting-rules.js';

/**
 * What a void invoice means for wallets: grants have back what they paid of it, and what it sold is gone. The transfers of both are those of the invoice.
 * @throws DomainError `grant_already_used`
 */
export const walletsOfVoid = (
  invoice: Invoice,
  account: Account,
  on: { readonly bookedOn: LocalDate; readonly now: Instant },
): readonly AccountFact[] => [...topUpVoided(invoice, account, on.bookedOn), ...released(invoice, account, on)];

const released = (
  { id: invoiceId, currency, walletDraws: draws }: Invoice,
  account: Account,
  { bookedOn, now }: { readonly bookedOn: LocalDate; readonly now: Instant },
): readonly AccountFact[] => {
  if (draws.length === 0) return [];
  // What it billed is due again, or not: it is looked at whether that is anything of the time before they expired.
  const timers = draws
    .map(({ grantId }) => grantOf(account, grantId))
    .filter(({ expired }) => expired)
    .map((grant) => expiryTimer(grant, now));
  const data: Fact<'WalletReleased'>['data'] = {
    invoiceId,
    amount: sum(
      draws.map(({ amount }) => amount),
      currency,
    ),
    bookedOn,
    draws,
    ...(timers.length === 0 ? {} : { timers }),
  };
  return [{ type: 'WalletReleased', data }];
};

const topUpVoided = ({ id, currency }: Invoice, account: Account, bookedOn: LocalDate): readonly AccountFact[] => {
  const grant = grantBoughtBy(account, id);
  if (grant === undefined) return [];
  const { id: grantId, walletId, left, used, lapsed: over, granted } = grant;
  if (used > 0n) return refuse('grant_already_used', 'Something of what the invoice sells was used.');
  if (account.wallets.get(walletId)!.closedOn !== null)
    return refuse('wallet_closed', 'The wallet that it is for is closed, with what was in it.');
  const lapsed = money(over, currency);
  const cause = { type: 'wallet_grant', id: grantId } as const;
  return [
    { type: 'WalletGrantVoided', data: { walletId, grantId, amount: money(left, currency), lapsed, bookedOn } },
    ...transfersPosted(lapseReversedPostings(granted.kind, lapsed), {
      cause,
      rule: 'wallet_grant_voided',
      bookedOn,
    }),
  ];
};

/** What was never paid of a top-up that is given up is taken out of its grant, as far as nobody used it: that much is no loss. */
export const walletsOfWriteOff = (
  { id }: Invoice,
  due: Money,
  account: Account,
  bookedOn: LocalDate,
): readonly AccountFact[] => {
  const grant = grantBoughtBy(account, id);
  if (grant === undefined || grant.left === 0n) return [];
  const { id: grantId, walletId, left, used } = grant;
  const amount = money(left < due.minor ? left : due.minor, due.currency);
  return [
    {
      type: 'WalletGrantVoided',
      data: {
        walletId,
        grantId,
        amount,
        lapsed: money(0n, due.currency),
        ...(used > 0n || amount.minor < left ? { partial: true as const } : {}),
        bookedOn,
      },
    },
    ...transfersPosted(topUpGivenUpPostings(amount), {
      cause: { type: 'wallet_grant', id: grantId },
      rule: 'top_up_given_up',
      bookedOn,
    }),
  ];
};
