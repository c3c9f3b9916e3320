import {
  catalogStream,
  accountStream,
  tenantStream,
  usageStream,
  FACTS,
  type FactType,
  type PublicEvent,
  type PublicEventType,
} from '#contracts';
import { derivedId, derivedUuid, type AccountId, type ProposedEvent } from '#kernel';
import { InMemoryEventLog } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventFeed, type FeedRequest } from './event-feed.js';

const tenantId = derivedId('tnt', 'ours');
const other = derivedId('tnt', 'theirs');
const accountId = derivedId('acc', 'first');
const otherAccount = derivedId('acc', 'second');

let made = 0;
const stored = (type: FactType, data: ProposedEvent['data']): ProposedEvent => ({
  id: derivedUuid('stored', made++),
  type,
  data,
  metadata: {
    schemaVersion: FACTS[type].version,
    recordedAt: '2026-01-01T00:00:00Z',
    effectiveAt: '2026-01-01T00:00:00Z',
  },
});

const meterArchived = (number: number): ProposedEvent => stored('MeterArchived', { key: `meter-${number}` });
const closed = (): ProposedEvent => stored('AccountClosed', {});
const billingAdvanced = (): ProposedEvent => stored('BillingAdvanced', {});

const keysOf = (events: readonly PublicEvent[]): unknown[] => events.map(({ data }) => data['key']);
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `meter-${from + index}`);

describe('the feed of public events', () => {
  let log: InMemoryEventLog;
  let feed: EventFeed;
  let leaving: AbortController;

  beforeEach(() => {
    log = new InMemoryEventLog();
    feed = new EventFeed(log);
    leaving = new AbortController();
  });

  afterEach(() => {
    leaving.abort();
    feed.beforeApplicationShutdown();
  });

  const append = async (...events: ProposedEvent[]): Promise<bigint> =>
    (await log.append(catalogStream(tenantId), events, 'any')).position;

  const meters = (from: number, to: number): ProposedEvent[] =>
    Array.from({ length: to - from }, (_, index) => meterArchived(from + index));

  const follow = (request: Partial<FeedRequest> = {}) =>
    feed.follow({ tenantId, from: 'start', signal: leaving.signal, ...request });

  /** The next so many events, and where the reader stands then. */
  const take = async (pages: Awaited<ReturnType<typeof follow>>, count: number) => {
    const events: PublicEvent[] = [];
    let position = 0n;
    while (events.length < count) {
      const { value } = await pages.next();
      events.push(...value!.events);
      ({ position } = value!);
    }
    return { events, position };
  };

  it('tells what happened from the start, then what happens', async () => {
    await append(...meters(0, 250));
    const pages = await follow();
    const { events } = await take(pages, 250);
    await append(...meters(250, 260));
    const { events: later } = await take(pages, 10);
    expect(keysOf([...events, ...later])).toEqual(numbers(0, 260));
  });

  it('goes on after each position that it told', async () => {
    await append(...meters(0, 5));
    const { events } = await take(await follow(), 5);
    for (const [index, { position }] of events.slice(0, -1).entries()) {
      const { events: rest } = await take(await follow({ from: BigInt(position) }), 4 - index);
      expect(keysOf(rest)).toEqual(numbers(index + 1, 5));
    }
  });

  it('begins with what comes next where that is asked for', async () => {
    await append(...meters(0, 5));
    const pages = await follow({ from: 'now' });
    await append(meterArchived(5));
    const { events } = await take(pages, 1);
    expect(keysOf(events)).toEqual(['meter-5']);
  });

  it('tells a tenant nothing of another, from the log and as it happens', async () => {
    const both = async (number: number): Promise<void> => {
      await log.append(catalogStream(other), [stored('MeterArchived', { key: 'theirs' })], 'any');
      await log.append(accountStream(other, accountId), [closed()], 'any');
      await append(meterArchived(number));
    };
    await both(0);
    const pages = await follow();
    const { events } = await take(pages, 1);
    await both(1);
    const { events: later } = await take(pages, 1);
    expect(keysOf([...events, ...later])).toEqual(numbers(0, 2));
  });

  it('tells only the types and the account that are asked for', async () => {
    const everything = async (): Promise<void> => {
      await log.append(tenantStream(tenantId), [stored('TenantCreated', { name: 'Ours', usageShards: 16 })], 'any');
      await append(meterArchived(0));
      await log.append(accountStream(tenantId, accountId), [billingAdvanced(), closed()], 'any');
      await log.append(accountStream(tenantId, otherAccount), [closed()], 'any');
    };
    const wants: [Partial<FeedRequest>, [PublicEventType, AccountId?][]][] = [
      [{ types: new Set(['meter.archived']) }, [['meter.archived']]],
      [{ account: { id: otherAccount, usageShards: 16 } }, [['account.closed', otherAccount]]],
      [
        { types: new Set(['account.closed', 'tenant.created']) },
        [['tenant.created'], ['account.closed', accountId], ['account.closed', otherAccount]],
      ],
      [
        { types: new Set(['account.closed']), account: { id: accountId, usageShards: 16 } },
        [['account.closed', accountId]],
      ],
    ];
    await everything();
    for (const [selection, expected] of wants) {
      const pages = await follow(selection);
      const { events } = await take(pages, expected.length);
      await everything();
      const { events: later } = await take(pages, expected.length);
      for (const some of [events, later]) {
        expect(some.slice(0, expected.length).map(({ type, accountId: of }) => [type, of])).toEqual(
          expected.map(([type, of]) => [type, of]),
        );
      }
    }
  });

  it('tells of usage that came in for several accounts, to each account its own part', async () => {
    const usage = (of: readonly AccountId[], metadata: object = {}): ProposedEvent => {
      const reading = { id: 'r', event: 'call', at: '2026-01-01T00:00:00Z', properties: {} };
      const accounts = of.map((one) => ({ accountId: one, readings: [reading] }));
      const event = stored('UsageRecorded', { accounts, source: 'api' });
      return { ...event, metadata: { ...event.metadata, ...metadata } };
    };
    const record = async (): Promise<void> => {
      const together = usage([accountId, otherAccount]);
      const alone = usage([otherAccount], { accountId: otherAccount });
      await log.append(usageStream(tenantId, accountId, 1), [together, alone], 'any');
    };
    const whose = (events: readonly PublicEvent[]) =>
      events.map(({ accountId: of, data }) => [
        of,
        (data['accounts'] as { accountId: string }[]).map((own) => own.accountId),
      ]);
    const told = async (selection: Partial<FeedRequest>, expected: ReturnType<typeof whose>) => {
      const pages = await follow(selection);
      const { events } = await take(pages, expected.length);
      expect(whose(events).slice(0, expected.length)).toEqual(expected);
      await record();
      const { events: later } = await take(pages, expected.length);
      expect(whose(later)).toEqual(expected);
    };
    await record();
    const account = (id: AccountId) => ({ account: { id, usageShards: 1 } });
    await told({}, [
      [undefined, [accountId, otherAccount]],
      [otherAccount, [otherAccount]],
    ]);
    await told(account(accountId), [[accountId, [accountId]]]);
    await told(account(otherAccount), [
      [otherAccount, [otherAccount]],
      [otherAccount, [otherAccount]],
    ]);
  });

  it('loses nothing for a reader that falls far behind, and keeps nobody else waiting', async () => {
    const slow = await follow();
    const quick = await follow();
    await append(meterArchived(0));
    await take(slow, 1);
    await take(quick, 1);
    for (let number = 1; number < 12_001; number += 1_000) {
      await append(...meters(number, number + 1_000));
      await take(quick, 1_000);
    }
    const { events } = await take(slow, 12_000);
    expect(keysOf(events)).toEqual(numbers(1, 12_001));
  });

  it('tells how far it looked where nothing is wanted for a while', async () => {
    await append(meterArchived(0));
    const head = await log.head();
    const pages = await follow({ types: new Set(['invoice.paid']), heartbeatMilliseconds: 1 });
    for await (const { events, position } of pages) {
      expect(events).toEqual([]);
      if (position === head) break;
    }
  });

  it('ends with its reader, and when the process stops', async () => {
    const ours = new AbortController();
    const pages = await follow({ signal: ours.signal });
    const others = await follow();
    const [waiting, stillWaiting] = [pages.next(), others.next()];
    ours.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    feed.beforeApplicationShutdown();
    expect(await stillWaiting).toEqual({ done: true, value: undefined });
  });

  it('is read by a hundred of a tenant at once, and by the next one when one has left', async () => {
    const first = new AbortController();
    await follow({ signal: first.signal });
    for (let reader = 1; reader < 100; reader++) await follow();
    await expect(follow()).rejects.toMatchObject({ code: 'too_many_streams' });
    await expect(follow({ tenantId: other })).resolves.toBeDefined();
    first.abort();
    await expect(follow()).resolves.toBeDefined();
  });

  it('keeps no place for a reader that was gone before it came, nor for one that leaves by itself', async () => {
    for (let reader = 0; reader < 300; reader++) await follow({ signal: AbortSignal.abort() });
    await append(meterArchived(0));
    for (let reader = 0; reader < 300; reader++) {
      const pages = await follow();
      await pages.next();
      await pages.return();
    }
    for (let reader = 0; reader < 300; reader++) {
      const going = new AbortController();
      const entering = follow({ signal: going.signal });
      going.abort();
      await (await entering).next();
    }
    for (let reader = 0; reader < 100; reader++) await follow();
    await expect(follow()).rejects.toMatchObject({ code: 'too_many_streams' });
  });

  it('begins nowhere beyond the end of the log, and keeps no place for whom it refuses', async () => {
    const head = await append(...meters(0, 3));
    for (let reader = 0; reader < 200; reader++) {
      await expect(follow({ from: head + 1n })).rejects.toMatchObject({
        code: 'position_beyond_head',
        kind: 'invalid',
        violations: [{ pointer: '/from' }],
      });
    }
    await expect(follow({ from: 10n ** 17n, fromAt: '/headers/last-event-id' })).rejects.toMatchObject({
      violations: [{ pointer: '/headers/last-event-id' }],
    });
    const pages = await follow({ from: head });
    await append(meterArchived(3));
    expect(keysOf((await take(pages, 1)).events)).toEqual(['meter-3']);
  });

  it('stops at what this version does not know, instead of leaving it out, and begins anew when asked again', async () => {
    const live = await follow();
    const waiting = live.next();
    const before = await append({ ...meterArchived(1), type: 'MeterForgotten' }, meterArchived(0));
    await expect(waiting).rejects.toThrow('does not know');
    const again = await follow();
    await expect(again.next()).rejects.toThrow('does not know');
    const { events } = await take(await follow({ from: before - 1n }), 1);
    expect(keysOf(events)).toEqual(['meter-0']);
  });
});
