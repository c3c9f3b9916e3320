import { credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type EventBatch } from '#kernel';
import { aStream, collect, events } from '#testing';

import { Relay } from '../../../test/services/relay.js';

import { Cluster, electedBy, type Member } from './cluster.js';
import { ClusterNode } from './cluster-node.js';
import { EventStoreDbLog } from './event-store-db-log.js';
import { TemporaryEventStore } from './temporary-event-store.js';
import { WAYS } from './ways.contract.js';

const member = (endpoint: string, state: 'leader' | 'follower' | 'gone' | 'replica'): Member => ({
  endpoint,
  isAlive: state !== 'gone',
  isLeader: state === 'leader',
  votes: state !== 'replica',
});

describe('the leader of a cluster', () => {
  const cutOff = [member('a', 'leader'), member('b', 'gone'), member('c', 'gone')];
  const others = [member('a', 'gone'), member('b', 'leader'), member('c', 'follower')];

  it.each([
    ['whom all name', [others, others], 'b'],
    ['not a node that is cut off, though it names itself', [cutOff, others], 'b'],
    ['whom most name while the news spreads', [[...cutOff.slice(0, 1), ...others.slice(1)], others, others], 'b'],
    ['nobody while nobody leads', [[member('a', 'follower'), member('b', 'follower')]], undefined],
    ['nobody where all are cut off', [cutOff], undefined],
    ['the only node that there is', [[member('a', 'leader')]], 'a'],
    ['one without counting replicas', [[member('a', 'leader'), member('r', 'replica'), member('s', 'replica')]], 'a'],
  ])('is %s', (_, views, leader) => expect(electedBy(views)).toBe(leader));
});

describe.each(WAYS)('a log by %s on a cluster whose leader changes', (way) => {
  const stores: TemporaryEventStore[] = [];
  let a: ClusterNode;
  let b: ClusterNode;
  let log: EventStoreDbLog;

  beforeAll(async () => {
    for (let index = 0; index < 2; index++) stores.push(await TemporaryEventStore.start());
    [a, b] = (await Promise.all(stores.map((store) => ClusterNode.before(store.connectionString)))) as [
      ClusterNode,
      ClusterNode,
    ];
    log = new EventStoreDbLog(`kurrentdb+discover://${a.address},${b.address}?tls=false`, {
      way,
      connection: { leaderLookMs: 100, gossipMs: 500 },
      appends: { attemptMs: 500, firstPauseMs: 10, longestPauseMs: 100 },
    });
  });

  beforeEach(() => leads(a));

  afterAll(async () => {
    await log.dispose();
    await Promise.all([a.stop(), b.stop()]);
    for (const store of stores) await store.remove();
  });

  const leads = (leader: ClusterNode): void => {
    for (const node of [a, b]) {
      node.isReady = true;
      node.gossip = [a, b].map((one) => ({ node: one, state: one === leader ? 'leader' : 'follower' }));
    }
  };

  /** From the others, not from who asks: it goes on naming itself, and others elect another. */
  const isCutOff = (): void => {
    a.gossip = [
      { node: a, state: 'leader' },
      { node: b, state: 'gone' },
    ];
    b.gossip = [a, b].map((node) => ({ node, state: node === b ? 'leader' : 'follower' }));
  };

  it('appends where the new leader is, when the old one is not ready for ever', async () => {
    const stream = aStream();
    await log.append(stream, events(1), 'any');
    a.isReady = false;
    isCutOff();
    const askedBefore = b.asked;
    await expect(log.append(aStream(), events(1), 'no_stream')).resolves.toMatchObject({ revision: 0 });
    expect(b.asked).toBeGreaterThan(askedBefore);
    leads(b);
    await expect(log.append(aStream(), events(1), 'no_stream')).resolves.toMatchObject({ revision: 0 });
  });

  it('is found without waiting for a node that says nothing', async () => {
    const silent = await Relay.before(1);
    silent.fallSilent('holds');
    const ports = [...[a, b].map(({ address }) => Number(address.split(':')[1])), silent.port];
    const hosts = ports.map((port) => ({ address: '127.0.0.1', port }));
    const patient = new Cluster(hosts, credentials.createInsecure(), 10 * 60 * 1_000);
    await expect(patient.leader()).resolves.toBe(a.address);
    await silent.stop();
  });

  it('says that nobody knows the outcome, or that it is away, while nobody leads', async () => {
    for (const node of [a, b]) {
      node.isReady = false;
      node.gossip = [];
    }
    const impatient = new EventStoreDbLog(`esdb://${a.address},${b.address}?tls=false`, {
      way,
      connection: { leaderLookMs: 100, gossipMs: 200 },
      appends: { attemptMs: 200, retryWithinMs: 400, firstPauseMs: 10 },
      reads: { firstMs: 200, betweenMs: 200, retryWithinMs: 300 },
    });
    // Whichever: a busy machine may have sent it before it knew that nobody leads.
    const appended = impatient.append(aStream(), events(1), 'any').catch(({ name }: Error) => name);
    expect(['EventLogUnavailable', 'AppendOutcomeUnknown']).toContain(await appended);
    await expect(collect(impatient.readStream(aStream()))).rejects.toMatchObject({ name: 'EventLogUnavailable' });
    await impatient.dispose();
  });

  it('answers that the outcome is unknown, never that it is refused, where a single node is not ready', async () => {
    a.isReady = false;
    const single = new EventStoreDbLog(`esdb://${a.address}?tls=false`, {
      way,
      appends: { attemptMs: 200, retryWithinMs: 300, firstPauseMs: 10 },
    });
    await expect(single.append(aStream(), events(1), 'any')).rejects.toMatchObject({ name: 'AppendOutcomeUnknown' });
    a.isReady = true;
    await expect(single.append(aStream(), events(1), 'any')).resolves.toMatchObject({ revision: 0 });
    await single.dispose();
  });

  it('appends where a single node says who leads instead', async () => {
    a.leaderInstead = b;
    const single = new EventStoreDbLog(`esdb://${a.address}?tls=false`, { way, appends: { firstPauseMs: 10 } });
    const stream = aStream();
    await expect(single.append(stream, events(1), 'no_stream')).resolves.toMatchObject({ revision: 0 });
    await expect(collect(single.readStream(stream))).resolves.toHaveLength(1);
    a.leaderInstead = undefined;
    await single.dispose();
  });

  it('hears of what the new leader takes, though the old one says nothing and fails in nothing', async () => {
    const category = aStream();
    const stop = new AbortController();
    const heard: EventBatch[] = [];
    const wanted = { filter: { streamPrefixes: [category] }, batchSize: 10, signal: stop.signal };
    for await (const batch of log.subscribe(wanted)) {
      heard.push(batch);
      if (batch.events.length > 0) break;
      if (!batch.caughtUp || heard.length > 1) continue;
      isCutOff();
      const elsewhere = new EventStoreDbLog(stores[1]!.connectionString);
      // The other store has to be ahead of where the subscription is: what nodes replicate is the same log.
      for (let filler = 0n; filler <= batch.position; filler++) await elsewhere.append(aStream(), events(1), 'any');
      await elsewhere.append(category, events(1), 'no_stream');
      await elsewhere.dispose();
    }
    expect(heard.at(-1)?.events).toHaveLength(1);
  });
});
