import type { AccountId, TenantId } from '#kernel';
import { anId } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { AccountLooks } from './account-looks.js';

const [FIRST, SECOND] = [anId('tnt', 1), anId('tnt', 2)] as [TenantId, TenantId];
const account = (number: number, tenantId = FIRST) => ({ tenantId, accountId: anId('acc', number), revision: 0 });

describe('accounts that are looked at again and again', () => {
  it('are acted on by tenant, page by page, and again once something came or where they changed meanwhile', async () => {
    const accounts = [account(1), account(2), account(3, SECOND)];
    const looks = new AccountLooks<ReturnType<typeof account>>(2, ({ revision }) => revision);
    let changed: readonly AccountId[] = [];
    const look = async (): Promise<readonly [TenantId, readonly AccountId[]][]> => {
      const acted: [TenantId, readonly AccountId[]][] = [];
      await looks.look(
        ({ after, limit }) => {
          const begin = after === null ? 0 : accounts.indexOf(after) + 1;
          return Promise.resolve(accounts.slice(begin, begin + limit));
        },
        (...of) => {
          acted.push(of);
          return Promise.resolve(changed);
        },
        new AbortController().signal,
      );
      return acted;
    };
    const [one, two, three] = accounts.map(({ accountId }) => accountId);
    expect(await look()).toEqual([
      [FIRST, [one, two]],
      [SECOND, [three]],
    ]);
    expect(await look()).toEqual([]);
    accounts[1]!.revision = 5;
    changed = [two!];
    expect(await look()).toEqual([[FIRST, [two]]]);
    changed = [];
    expect(await look()).toEqual([[FIRST, [two]]]);
    expect(await look()).toEqual([]);
  });
});
