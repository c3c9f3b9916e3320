import type { AccountFact } from '#contracts';
import type { Instant } from '#kernel';
import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  createSubscription,
  givenFor,
  grantCredit,
  NO_TAX,
  on,
  openWallet,
  ownInvoice,
  readings,
  usageSoFar,
  usd,
  WALLET,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { Account } from '../account/account.state.js';

const given = givenFor(accountDecider);
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const recharge = { below: usd(20_00n), to: usd(100_00n), usableOn: 'payment', counts: 'ongoing_balance' } as const;
const set = { type: 'SetWalletRecharge', walletId: WALLET, recharge, now: at('2026-01-02T00:00:00Z') } as const;
const opened = (scope = {}) => given(anAccount()).after(openWallet({ scope }), createSubscription({ catalog }));
const UNTIL = at('2026-01-20T00:00:00Z');

const measured = (account: Account, calls: number, until: Instant = UNTIL) => ({
  until,
  today: on(until.slice(0, 10)),
  catalog,
  tax: NO_TAX,
  ...usageSoFar(account, readings(calls, { revision: 0 }), catalog, until),
});
const look = (wallet: AccountGiven, calls: number, until?: Instant) =>
  wallet.when({ type: 'LookAtUsage', measured: measured(wallet.state, calls, until) });
const order = (wallet: AccountGiven, calls: number) =>
  wallet.when({
    type: 'RechargeWallet',
    walletId: WALLET,
    topUp: ownInvoice(anId('inv', 91), UNTIL),
    measured: measured(wallet.state, calls),
  });
const dueIn = (facts: readonly AccountFact[]) => facts.find(({ type }) => type === 'WalletRechargeDue')?.data;

describe('a wallet that is recharged by its ongoing balance', () => {
  const filled = opened().after(grantCredit({ amount: usd(60_00n) }), set);

  it('asks once usage so far would bring it below the level, without fees that are due', () => {
    // 10 cents a call.
    look(filled, 400).thenNothing();
    expect(dueIn(look(filled, 401).facts)).toMatchObject({
      balance: usd(60_00n),
      unbilled: usd(40_10n),
      timer: { dueAt: UNTIL, generation: 1 },
    });
    // What is used after that instant is not known.
    look(filled, 401, at('2026-01-10T00:00:00Z')).thenNothing();
  });

  it('orders what reaches the other level with usage so far, and asks once', () => {
    const { facts } = order(filled, 401);
    expect(facts.find(({ type }) => type === 'WalletGranted')?.data).toMatchObject({ amount: usd(80_10n) });
    order(filled, 400).thenNothing();
    const asked = filled.after({ type: 'LookAtUsage', measured: measured(filled.state, 401) });
    look(asked, 402).thenNothing();
  });

  it('looks at its scope alone, and at nothing that is billed', () => {
    const scoped = opened({ charges: ['other'] }).after(grantCredit({ amount: usd(60_00n) }), set);
    look(scoped, 500).thenNothing();
    const billed = opened()
      .after(grantCredit({ amount: usd(160_00n) }), set)
      .after(billAccount({ catalog, billThrough: at('2026-02-01T00:00:00Z'), known: readings(500, { revision: 0 }) }));
    look(billed, 500, at('2026-02-02T00:00:00Z')).thenNothing();
  });

  it('does not look where the balance alone counts', () => {
    const { counts: _, ...alone } = recharge;
    look(opened().after(grantCredit({ amount: usd(60_00n) }), { ...set, recharge: alone }), 500).thenNothing();
  });
});
