import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { status as StatusCode } from '@grpc/grpc-js';
import { EventStream } from '../../services/event-stream.js';
import { eventually } from '../../services/eventually.js';
import { Stopping } from '../../services/stopping.js';
import type { Any, TestClient } from '../../services/test-client.js';
import { TestRecount } from '../../services/test-recount.js';
import { METER, openAccount } from '../samples.js';
import { GrpcDoorClient } from './grpc-client.js';

/** More than one tenant may have open at once. */
const READERS_MAX = 100;

describe('public events by gRPC', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let door: GrpcDoorClient;

  const defineMeter = (): Promise<Any> => client.create('meters', { ...METER, key: randomUUID() });

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start({ grpc: true }));
    client = await recount.manualTenant();
    door = await stopping.use(GrpcDoorClient.connect(recount.grpcAddress, client.key));
  });

  it('are told from a position, then as they happen, in the envelope that they have everywhere', async () => {
    const meters = [await defineMeter(), await defineMeter()];
    const filter = { types: ['meter.*'] };
    const listening = door.listen('SubscribeEvents', { from: 'start', filter });
    const told = await listening.take(2);
    expect(told.map(keyOf)).toEqual(meters.map(({ key }) => key));
    const live = await defineMeter();
    const [next] = await listening.take(1);
    expect(keyOf(next)).toBe(live.key);
    listening.leave();

    const resumed = door.listen('SubscribeEvents', { from: told[0].position, filter });
    expect((await resumed.take(2)).map(({ id }) => id)).toEqual([told[1].id, next.id]);
    resumed.leave();

    const served = await EventStream.open(client, 'events?from=start&types=meter.*');
    const [first] = await served.take(1);
    const { data, ...envelope } = first as Any;
    const { data: struct, ...message } = told[0];
    expect(message).toEqual(envelope);
    expect(Object.keys(struct.fields).sort()).toEqual(Object.keys(data).sort());
    await served.close();
  });

  it('are those of one tenant and, if it is asked for, of one account', async () => {
    const other = await recount.manualTenant();
    const [ours, also] = [await openAccount(client), await openAccount(client)];
    await openAccount(other);
    const listening = door.listen('SubscribeEvents', { from: 'start', filter: { types: ['account.opened'] } });
    expect((await listening.take(2)).map(({ accountId }) => accountId)).toEqual([ours.id, also.id]);
    listening.leave();
    const one = door.listen('SubscribeEvents', { from: 'start', filter: { account: also.id } });
    expect((await one.take(1))[0].accountId).toBe(also.id);
    one.leave();
  });

  it('are refused to whom they are refused by REST, in the same words', async () => {
    const refused = (asked: object, caller = door) => caller.listen('SubscribeEvents', asked).end();
    expect(await refused({ filter: { types: ['meter.exploded'] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ pointer: '/types', code: 'unknown_event_type' }] },
    });
    expect(await refused({ from: 'yesterday' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/from', code: 'invalid_position' }] },
    });
    expect(await refused({ filter: { account: 'external:none' } })).toMatchObject({
      status: 404,
      body: { code: 'account_not_found' },
    });
    expect(await refused({}, door.withKey('rk_unknown'))).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated', grpc: StatusCode.UNAUTHENTICATED },
    });
  });

  it('hold nothing for a reader that left', async () => {
    const listen = () => door.listen('SubscribeEvents', { from: 'start', filter: { types: ['meter.*'] } });
    const entered = (): Promise<unknown> =>
      eventually(
        async () => {
          const reader = listen();
          readers.push(reader);
          return (await reader.take(1).catch(() => [])).length;
        },
        (found) => found === 1,
        'room for another reader',
      );
    const readers: ReturnType<typeof listen>[] = [];
    for (let round = 0; round < 2; round++) {
      for (let reader = 0; reader < READERS_MAX; reader++) await entered();
      expect(await listen().end()).toMatchObject({
        status: 429,
        body: { code: 'too_many_streams', grpc: StatusCode.RESOURCE_EXHAUSTED },
      });
      for (const reader of readers.splice(0)) reader.leave();
    }
    await entered();
    for (const reader of readers) reader.leave();
  });

  it('hold nothing for readers that leave before, while or after they are told anything', async () => {
    const { hostname, port } = new URL(recount.url);
    const leaveAfter = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        const from = milliseconds % 2 === 0 ? 'start' : 'now';
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            `GET /v1/events?from=${from} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${client.key}\r\n\r\n`,
          );
          setTimeout(() => socket.destroy(), milliseconds);
        });
        socket.on('error', () => undefined).on('close', () => resolve());
      });
    for (let round = 0; round < 6; round++) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => leaveAfter(index % 25)));
      const calls = Array.from({ length: 25 }, () => door.listen('SubscribeEvents', { from: 'start' }));
      calls.forEach((call, index) => setTimeout(() => call.leave(), index));
      await sleep(calls.length);
    }
    const enterAll = async (): Promise<number> => {
      const leaving = new AbortController();
      const headers = { authorization: `Bearer ${client.key}` };
      const entered = await Promise.all(
        Array.from({ length: READERS_MAX }, () =>
          fetch(`${client.url}/v1/events`, { headers, signal: leaving.signal }),
        ),
      );
      leaving.abort();
      return entered.filter(({ status }) => status === 200).length;
    };
    await eventually(enterAll, (entered) => entered === READERS_MAX, 'room for all readers');
  });

  it('are refused from beyond the end of the log', async () => {
    const from = String((await recount.store.log.head()) + 1_000_000n);
    const body = { code: 'position_beyond_head', errors: [{ pointer: '/from', code: 'position_beyond_head' }] };
    expect(await door.listen('SubscribeEvents', { from }).end()).toMatchObject({ status: 400, body });
    expect(await client.get(`events?from=${from}`)).toMatchObject({ status: 400, body });
    expect(await client.get('events', { 'last-event-id': from })).toMatchObject({
      status: 400,
      body: { code: 'position_beyond_head', errors: [{ pointer: '/headers/last-event-id' }] },
    });
  });

  it('end with the key that opened them, and say so', async () => {
    const { id, secret } = await client.create('api-keys', { name: 'listener', scopes: ['events.read'] });
    await recount.caughtUp();
    const listening = door.withKey(secret).listen('SubscribeEvents', { from: 'start', filter: { types: ['meter.*'] } });
    await listening.take(1);
    await client.create(`api-keys/${id}/revoke`);
    expect(await listening.end()).toMatchObject({
      body: { code: 'unauthenticated', grpc: StatusCode.UNAUTHENTICATED },
    });
  });

  it('come to a reader at its own pace', async () => {
    const before = await client.create('meters', { ...METER, key: randomUUID() });
    const slow = door.listen('SubscribeEvents', { from: before.log.position, filter: { types: ['account.opened'] } });
    const names = Array.from({ length: 300 }, () => randomUUID());
    for (const externalId of names) await client.create('accounts', { externalId, name: 'A', currency: 'USD' });
    expect(await slow.take(names.length)).toHaveLength(names.length);
    slow.leave();
  });

  it('end with the server, and say so', async () => {
    const own = await TestRecount.start({ roles: ['api', 'projector'], grpc: true });
    const caller = GrpcDoorClient.connect(own.grpcAddress, own.firstKey);
    const listening = caller.listen('SubscribeEvents', { from: 'start' });
    await listening.take(1);
    const ended = listening.end();
    await own.stop();
    expect((await ended).body).toMatchObject({ grpc: StatusCode.UNAVAILABLE });
    await caller.stop();
  });
});

describe('the progress of a billing run by gRPC', () => {
  const stopping = new Stopping();

  it('is sent until the run is over, and the call ends with it', async () => {
    const recount = await stopping.use(TestRecount.start({ grpc: true }));
    const client = await recount.manualTenant();
    const door = await stopping.use(GrpcDoorClient.connect(recount.grpcAddress, client.key));
    const { body } = await door.ask('RunBilling', { billThrough: '2025-01-01T00:00:00Z' });
    await recount.caughtUp();
    const shown = await door.listen('FollowBillingRun', { id: body.id }).all();
    expect(shown.at(-1)).toMatchObject({ id: body.id, status: 'completed', billThrough: '2025-01-01T00:00:00Z' });
    expect(await door.listen('FollowBillingRun', { id: 'nonsense' }).end()).toMatchObject({
      status: 404,
      body: { code: 'billing_run_not_found' },
    });
  });

  it('breaks off with the server, and says so', async () => {
    const recount = await TestRecount.start({ roles: ['api', 'projector'], grpc: true });
    const client = await recount.manualTenant();
    const door = GrpcDoorClient.connect(recount.grpcAddress, client.key);
    const { body } = await door.ask('RunBilling', { billThrough: '2025-01-01T00:00:00Z' });
    await recount.caughtUp();
    const following = door.listen('FollowBillingRun', { id: body.id });
    expect(await following.next()).toMatchObject({ id: body.id, status: 'running' });
    const ended = following.end();
    await recount.stop();
    expect((await ended).body).toMatchObject({ grpc: StatusCode.UNAVAILABLE });
    await door.stop();
  });
});

const keyOf = ({ data }: Any): string => data.fields.key.stringValue;
