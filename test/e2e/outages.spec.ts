import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { HttpSettings } from '../../apps/server/src/http-settings.js';
import { EVENT_STORE_COMMAND } from '../services/commanded-server.js';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Answer } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount } from './samples.js';

/** A server that a command has just started answers slowly at first. */
const SLOWNESS = EVENT_STORE_COMMAND === undefined ? 1 : 5;

/** As in production, but shorter: what is tested is that there is an end, not when. */
const IMPATIENT = {
  roles: ['api', 'projector', 'worker'],
  relayed: true,
  http: new HttpSettings({ answerMilliseconds: SLOWNESS * 3_000 }),
  statementMilliseconds: 500,
  eventStorePatience: {
    appends: { attemptMs: SLOWNESS * 300, retryWithinMs: SLOWNESS * 600 },
    reads: { firstMs: SLOWNESS * 300, betweenMs: SLOWNESS * 300, retryWithinMs: SLOWNESS * 400 },
  },
} as const;

describe('a peer that keeps its connections open and says nothing', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let accountId: string;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start(IMPATIENT));
    ({ id: accountId } = await openAccount(recount.client));
    // Queries of it are answered from what is served by now, whatever is silent then.
    await recount.caughtUp();
  }, 60_000);

  const opened = (): Promise<Answer> =>
    recount.client.post('accounts', { name: 'Ada', currency: 'USD' }, { 'idempotency-key': randomUUID() });

  const asked = (): Promise<Answer>[] => [
    opened(),
    recount.client.patch(`accounts/${accountId}`, { name: 'Renamed' }),
    recount.client.get(`accounts/${accountId}`),
    recount.client.get('accounts'),
    recount.client.get('/health/ready'),
  ];

  it.each([
    ['store', 'holds'],
    ['store', 'loses'],
    ['database', 'holds'],
    ['database', 'loses'],
  ] as const)(
    'holds no request and makes no 500, and is found again: the %s, which %s what is sent',
    async (peer, kept) => {
      const relay = recount.relays![peer];
      relay.fallSilent(kept);
      for (let round = 0; round < 2; round++) {
        const statuses = (await Promise.all(asked())).map(({ status }) => status);
        expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
        expect(statuses[0]).toBe(503);
      }
      relay.goOn();
      await eventually(opened, ({ status }) => status === 201, 'an account');
      await recount.caughtUp();
      const ready = (): Promise<Answer> => recount.client.get('/health/ready');
      await eventually(ready, ({ status }) => status === 200, 'a server that is well');
    },
    90_000,
  );
});

describe('a command that comes through after its request was answered that nobody knows', () => {
  const stopping = new Stopping();

  it('is answered, to whoever asks again under its key, as it was carried out', async () => {
    const http = new HttpSettings({ answerMilliseconds: 500 });
    const recount = await stopping.use(TestRecount.start({ relayed: true, http }));
    const headers = { 'idempotency-key': randomUUID() };
    const open = (): Promise<Answer> => recount.client.post('accounts', { name: 'Ada', currency: 'USD' }, headers);
    recount.relays!.store.fallSilent('holds');
    expect((await open()).status).toBe(503);
    recount.relays!.store.goOn();
    const { status, body } = await eventually(open, (answer) => answer.status < 400, 'an answer');
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Ada', status: 'open' });
  });
});
