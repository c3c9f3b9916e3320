import { DomainError } from '#kernel';
import { anId, at, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { Accounts } from '../../account/use-cases/accounts.js';
import { StaleFacts } from '../../invoice/stale-facts.js';
import { UsageLooks } from './usage-looks.js';
import type { UsagesSoFar } from './usage-so-far.js';

const [CHANGED, REFUSING, FINE] = [anId('acc', 1), anId('acc', 2), anId('acc', 3)];
const FAILURES = new Map<string, Error>([
  [CHANGED, new StaleFacts('It changed.')],
  [REFUSING, new DomainError('tax_rate_missing', 'There is no rate.')],
]);

describe('looking at usage', () => {
  it('names accounts that changed meanwhile, and none that refuses', async () => {
    const looked: string[] = [];
    const measured = { until: at('2026-01-10T00:00:00Z'), usage: { cut: 1 } };
    const usages = { of: (_: unknown, ids: string[]) => Promise.resolve(new Map(ids.map((id) => [id, measured]))) };
    const accounts = {
      execute: (_: string, { accountId }: { accountId: string }) => {
        looked.push(accountId);
        const failure = FAILURES.get(accountId);
        return failure ? Promise.reject(failure) : Promise.resolve();
      },
    };
    const looks = new UsageLooks(accounts as unknown as Accounts, usages as unknown as UsagesSoFar);
    expect(await looks.look(TENANT, [CHANGED, REFUSING, FINE])).toEqual([CHANGED]);
    expect(looked).toEqual([CHANGED, REFUSING, FINE]);
  });
});
