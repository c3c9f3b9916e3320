import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
import { openAccount, subscribe, withCatalog } from './samples.js';

describe('a change of an account', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let other: TestClient;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    other = await recount.manualTenant();
    await withCatalog(client);
  });

  const changed = (id: string, change: object): Promise<Any> => client.done('PATCH', `accounts/${id}`, change);

  it('sets and removes what is noted, and is found by it', async () => {
    const { id } = await openAccount(client, { metadata: { tier: 'gold', region: 'eu' } });
    const answer = await changed(id, { metadata: { tier: 'silver', region: null, owner: 'ops' } });
    expect(answer.metadata).toEqual({ tier: 'silver', owner: 'ops' });
    expect((await client.read('accounts?metadata[tier]=silver&metadata[owner]=ops')).data).toHaveLength(1);
    expect((await client.read('accounts?metadata[region]=eu')).data).toEqual([]);
    expect((await client.read(`accounts/${id}?asOf=revision:0`)).metadata).toEqual({ tier: 'gold', region: 'eu' });
    expect((await changed(id, { metadata: null })).metadata).toEqual({});
    for (const metadata of [{ ['k'.repeat(41)]: 'x' }, { k: 'x'.repeat(501) }, { k: 1 }, { '': 'x' }, 'gold']) {
      const { status, body } = await client.patch(`accounts/${id}`, { metadata });
      expect([status, body.errors[0]]).toMatchObject([400, { pointer: '/metadata', code: 'invalid_metadata' }]);
    }
  });

  it('moves the zone of what is agreed from then on, not of what runs', async () => {
    const account = await openAccount(client, { timeZone: 'UTC' });
    const running = await subscribe(client, account.id);
    expect((await changed(account.id, { timeZone: 'America/New_York' })).timeZone).toBe('America/New_York');
    const later = await subscribe(client, account.id, { startAt: '2025-02-01T05:00:00Z' });
    const state = await client.read(`accounts/${account.id}/state`);
    expect(state.account.timeZone).toBe('America/New_York');
    const upcoming = await client.read(`accounts/${account.id}/upcoming-invoice`);
    const periodsOf = ({ id }: Any) =>
      upcoming.lines
        .filter((line: Any) => line.subscriptionId === id && line.charge === 'fee')
        .map(({ period }: Any) => period);
    expect(periodsOf(running)[0]).toEqual({ start: '2025-01-01T00:00:00Z', end: '2025-02-01T00:00:00Z' });
    expect(periodsOf(later)[0]).toEqual({ start: '2025-02-01T05:00:00Z', end: '2025-03-01T05:00:00Z' });
    expect((await client.patch(`accounts/${account.id}`, { timeZone: 'Mars/Olympus' })).status).toBe(400);
  });

  it('moves it to another account, or to none, of its own tenant', async () => {
    const [group, branch] = [await openAccount(client, { externalId: 'group' }), await openAccount(client)];
    expect((await changed(branch.id, { parentAccountId: 'external:group' })).parentAccountId).toBe(group.id);
    expect((await client.read(`accounts?parentAccountId=${group.id}`)).data.map(({ id }: Any) => id)).toEqual([
      branch.id,
    ]);
    const foreign = await openAccount(other);
    for (const parentAccountId of [foreign.id, 'external:nobody', 'acc_01j9zq6e4hf0fvwpn5t5jzq3cd']) {
      const { status, body } = await client.patch(`accounts/${branch.id}`, { parentAccountId });
      expect([status, body.code, body.errors[0].pointer]).toEqual([404, 'account_not_found', '/parentAccountId']);
    }
    expect((await changed(branch.id, { parentAccountId: null })).parentAccountId).toBeNull();
    expect((await client.read(`accounts?parentAccountId=${group.id}`)).data).toEqual([]);
  });

  it('makes no circle, also where several try at once', async () => {
    const ring: Any[] = await Promise.all(Array.from({ length: 4 }, () => openAccount(client)));
    const statuses = await Promise.all(
      ring.map(
        async ({ id }, index) =>
          (await client.patch(`accounts/${id}`, { parentAccountId: ring[(index + 1) % 4].id })).status,
      ),
    );
    expect([...statuses].sort()).toEqual([200, 200, 200, 422]);
    const last = ring[statuses.indexOf(422)];
    const again = await client.patch(`accounts/${last.id}`, { parentAccountId: last.id });
    expect([again.status, again.body.code]).toEqual([422, 'account_parent_cycle']);
  });

  it('stands in the books as it was told, and verifies', async () => {
    const { id } = await client.create('audit/verifications');
    const { status, differences } = await eventually(
      () => client.read(`audit/verifications/${id}`),
      (verification: Any) => verification.status !== 'running',
      'the end of a verification',
    );
    expect([status, differences]).toEqual(['completed', []]);
  });
});
