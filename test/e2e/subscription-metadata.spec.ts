import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { documented } from './documented.js';
import { openAccount, subscribe, withCatalog } from './samples.js';

describe('metadata of a subscription', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let subscription: Any;

  const found = async (query: string): Promise<string[]> =>
    (await client.read(`subscriptions?${query}`)).data.map(({ id }: Any) => id);
  const noted = (metadata: unknown): Promise<Any> =>
    client.done('PATCH', `subscriptions/${subscription.id}`, { metadata });

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = documented(await recount.manualTenant());
    await withCatalog(client);
    account = await openAccount(client);
    await subscribe(client, account.id);
    subscription = await subscribe(client, account.id, { metadata: { tier: 'gold', region: 'eu' } });
  });

  it('is told as it was given, and empty where none was', async () => {
    expect(subscription.metadata).toEqual({ tier: 'gold', region: 'eu' });
    expect((await client.read(`subscriptions/${subscription.id}`)).metadata).toEqual(subscription.metadata);
    expect((await subscribe(client, account.id)).metadata).toEqual({});
  });

  it('finds it, by one text or several', async () => {
    expect(await found('metadata[tier]=gold')).toEqual([subscription.id]);
    expect(await found(`metadata[tier]=gold&metadata[region]=eu&accountId=${account.id}`)).toEqual([subscription.id]);
    expect(await found('metadata[tier]=gold&metadata[region]=us')).toEqual([]);
    const { status, body } = await client.get('subscriptions?metadata=gold');
    expect([status, body.errors[0]]).toMatchObject([400, { pointer: '/metadata', code: 'invalid_metadata' }]);
  });

  it('is changed text by text, and what it was stays to be asked for', async () => {
    const { revision } = await client.read(`accounts/${account.id}/state`);
    const changed = await noted({ tier: 'silver', region: null, owner: 'ops' });
    expect(changed).toMatchObject({ id: subscription.id, metadata: { tier: 'silver', owner: 'ops' } });
    expect(changed.metadata).toEqual({ tier: 'silver', owner: 'ops' });
    expect(await found('metadata[tier]=silver&metadata[owner]=ops')).toEqual([subscription.id]);
    expect(await found('metadata[region]=eu')).toEqual([]);
    const before = await client.read(`subscriptions/${subscription.id}?asOf=revision:${revision}`);
    expect(before.metadata).toEqual({ tier: 'gold', region: 'eu' });
    expect((await client.done('PATCH', `subscriptions/${subscription.id}`, {})).metadata).toEqual(changed.metadata);
  });

  it('is changed of one that is over, too, and removed whole', async () => {
    await client.create(`subscriptions/${subscription.id}/cancel`, { at: 'now' });
    expect(await noted({ why: 'moved' })).toMatchObject({ status: 'ended', metadata: { why: 'moved' } });
    expect((await noted(null)).metadata).toEqual({});
    expect(await found('metadata[why]=moved')).toEqual([]);
  });

  it('is refused where it is too much', async () => {
    const texts = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'x']));
    await noted(texts);
    const { status, body } = await client.patch(`subscriptions/${subscription.id}`, { metadata: { more: 'x' } });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'too_much_metadata', '/metadata']);
    for (const metadata of [{ ['k'.repeat(41)]: 'x' }, { k: 'x'.repeat(501) }, { k: 1 }, { '': 'x' }, 'gold']) {
      const refused = await client.patch(`subscriptions/${subscription.id}`, { metadata });
      expect([refused.status, refused.body.errors[0]]).toMatchObject([
        400,
        { pointer: '/metadata', code: 'invalid_metadata' },
      ]);
    }
  });
});
