import type { Accounts } from '#billing/account';
import type { BillAccounts } from '#billing/invoice';
import { accountStream } from '#contracts';
import type { RefusalKind } from '#kernel';
import type { DueTimer } from '#projections/agenda';
import { ACCOUNT, anId, at, FixedClock, SUBSCRIPTION, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { pino } from 'pino';
import type { Pools } from '../core/pools.js';
import type { TimerClaims } from '../operational-state/timer-claims.js';
import { AgendaReactor } from './agenda.reactor.js';
import type { ClockWatch } from './clock-watch.js';
import type { Looking } from './looking.js';

const TIMER: DueTimer = {
  tenantId: TENANT,
  owner: accountStream(TENANT, ACCOUNT),
  accountId: ACCOUNT,
  key: `bill:${SUBSCRIPTION}`,
  dueAt: at('2026-02-01T00:00:00Z'),
  generation: 1,
  eventId: anId('evt'),
};

describe('a billing that falls due', () => {
  /** Whether it counts as refused that the billing failed so. */
  const countsAsRefused = async (kind: RefusalKind): Promise<boolean | undefined> => {
    const counted: (boolean | undefined)[] = [];
    const failure = { code: 'failed', detail: 'Not now.', kind };
    const result = { accountId: ACCOUNT, invoice: null, position: 0n, failure };
    const billing: Partial<BillAccounts> = { bill: () => Promise.resolve([result]) };
    const claims: Partial<TimerClaims> = {
      claim: (timers) => Promise.resolve(timers.map((timer) => ({ ...timer, repeats: 0 }))),
      failed: (_timer, _failure, isRefused) => Promise.resolve(void counted.push(isRefused)),
    };
    const looking: Partial<Looking> = {
      again: async (look) => void (await look()),
      found: () => Promise.resolve({ things: [TIMER] as never[], head: 0n }),
    };
    const watch: Partial<ClockWatch> = { isBelieved: () => Promise.resolve(true) };
    const reactor = new AgendaReactor(
      {} as CommandBus,
      billing as BillAccounts,
      {} as Accounts,
      claims as TimerClaims,
      looking as Looking,
      {} as Pools,
      new FixedClock(),
      watch as ClockWatch,
    );
    await reactor.run(new AbortController().signal, pino({ enabled: false }));
    expect(counted).toHaveLength(1);
    return counted[0];
  };

  it('is not refused where somebody was away, behind or in the way', async () => {
    for (const kind of ['unavailable', 'behind'] as const) expect(await countsAsRefused(kind)).toBe(false);
  });

  it('is refused by a rule', async () => {
    expect(await countsAsRefused('refused')).toBe(true);
  });
});
