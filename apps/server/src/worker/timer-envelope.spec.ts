import { accountStream, tenantStream } from '#contracts';
import type { DueTimer } from '#projections/agenda';
import { ACCOUNT, anId, at, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { timerEnvelope } from './timer-envelope.js';

describe('the envelope of a timer', () => {
  const ofAccount: DueTimer = {
    tenantId: TENANT,
    owner: accountStream(TENANT, ACCOUNT),
    accountId: ACCOUNT,
    key: 'end:1',
    dueAt: at('2026-01-20T00:00:00Z'),
    generation: 1,
    eventId: '00000000-0000-4000-8000-000000000001',
  };
  const ofTenant: DueTimer = { ...ofAccount, owner: tenantStream(TENANT), accountId: null };

  it('names an account only where the owner is one', () => {
    expect(timerEnvelope(ofAccount)).toMatchObject({ tenantId: TENANT, accountId: ACCOUNT });
    expect(timerEnvelope(ofTenant)).not.toHaveProperty('accountId');
  });

  it('is of one command for each owner, key and generation, and the same one again', () => {
    const timers = [
      ofAccount,
      ofTenant,
      { ...ofAccount, owner: accountStream(TENANT, anId('acc', 2)) },
      { ...ofAccount, key: 'end:2' },
      { ...ofAccount, generation: 2 },
    ];
    const ids = [...timers, ...timers].map((timer) => timerEnvelope(timer).commandId);
    expect(new Set(ids).size).toBe(timers.length);
  });
});
