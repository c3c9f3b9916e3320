import { accountStream, tenantStream, USAGE_SHARDS_DEFAULT, usageStream } from '#contracts';
import { type LoggedEvent, type ReadAllOptions, type ReadStreamOptions } from '#kernel';
import { ACCOUNT, anEvent, anId, collect, InMemoryEventLog, TENANT } from '#testing';
import { ChainedEventLog } from '#write-path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { VerifyChains } from './chain-check.js';

type Tamper = (events: LoggedEvent[]) => LoggedEvent[];

const STREAM = accountStream(TENANT, ACCOUNT);
const USAGE = usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
const SETTINGS = tenantStream(TENANT);

/** A log whose events somebody laid hands on. */
class TamperedLog extends InMemoryEventLog {
  tamper: Tamper = (events) => events;

  override async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<LoggedEvent> {
    yield* this.tamper(await collect(super.readStream(stream, options)));
  }

  override async *readAll(options: ReadAllOptions): AsyncGenerator<LoggedEvent> {
    yield* this.tamper(await collect(super.readAll(options)));
  }
}

describe('the verification of chains', () => {
  let log: TamperedLog;
  let verify: VerifyChains;

  beforeEach(async () => {
    log = new TamperedLog();
    verify = new VerifyChains(log);
    const chained = new ChainedEventLog(log);
    const amounts = (...numbers: number[]) =>
      numbers.map((number) => ({ ...anEvent(number), metadata: { commandId: 'a', reason: 'none' } }));
    const ofTheAccount = (...events: ReturnType<typeof amounts>) =>
      events.map((event) => ({ ...event, metadata: { ...event.metadata, accountId: ACCOUNT } }));
    await chained.append(STREAM, amounts(100, 200, 300), 'no_stream');
    await chained.append(USAGE, ofTheAccount(...amounts(1, 2)), 'any');
    await chained.append(STREAM, amounts(400, 500), 2);
    await chained.append(SETTINGS, amounts(7), 'no_stream');
    await chained.append(USAGE, amounts(3), 'any');
  });

  const found = async () =>
    (await verify.ofTenant(TENANT)).map(({ accountId, field, event }) => [
      accountId,
      field,
      event!.stream,
      event!.revision,
    ]);
  const at = (stream: string, revision: number) => (event: LoggedEvent) =>
    event.stream === stream && event.revision === revision;
  const changed =
    (stream: string, revision: number, change: (event: LoggedEvent) => Partial<LoggedEvent>): Tamper =>
    (events) =>
      events.map((event) => (at(stream, revision)(event) ? { ...event, ...change(event) } : event));

  it('finds nothing in a log as it was written', async () => {
    expect(await found()).toEqual([]);
    expect(await verify.ofAccount(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT)).toEqual([]);
  });

  it('hands every event over, in the order of the log, also where too much is wrong to be told', async () => {
    const chained = new ChainedEventLog(log);
    for (let number = 0; number < 30; number++) {
      const events = Array.from({ length: 50 }, (_, index) => ({ ...anEvent(number * 50 + index), metadata: {} }));
      await chained.append(accountStream(TENANT, anId('acc', 100 + number)), events, 'no_stream');
    }
    log.tamper = (events) => events.map((event) => ({ ...event, id: '6e1c3dcb-37f2-4a5a-9f6a-0c8f6f3f2d10' }));
    const handed: bigint[] = [];
    const onEvent = ({ position }: LoggedEvent) => void handed.push(position);
    expect(await verify.ofTenant(TENANT, { onEvent })).toHaveLength(1_000);
    expect(handed).toEqual(Array.from({ length: 1_509 }, (_, index) => BigInt(index + 1)));
    expect(await verify.ofTenant(TENANT)).toHaveLength(1_000);
  });

  it.each<[string, (event: LoggedEvent) => Partial<LoggedEvent>, string]>([
    ['one digit', ({ data }) => ({ data: { ...data, number: 301 } }), 'chain'],
    ['its type', () => ({ type: 'Discounted' }), 'chain'],
    ['a reason', ({ metadata }) => ({ metadata: { ...metadata, reason: 'some' } }), 'chain'],
    ['a field more', ({ data }) => ({ data: { ...data, more: true } }), 'chain'],
    ['its id', () => ({ id: '6e1c3dcb-37f2-4a5a-9f6a-0c8f6f3f2d10' }), 'id'],
  ])('names the event of which somebody changed %s', async (_, change, field) => {
    log.tamper = changed(STREAM, 2, change);
    expect(await found()).toEqual([[ACCOUNT, field, STREAM, 2]]);
    expect(await verify.ofAccount(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT)).toMatchObject([
      { subject: 'log', field, event: { stream: STREAM, revision: 2 } },
    ]);
  });

  it('names changes of usage, also of several accounts, and of what is no account’s', async () => {
    log.tamper = changed(USAGE, 1, ({ data }) => ({ data: { ...data, number: 3 } }));
    expect(await found()).toEqual([[ACCOUNT, 'chain', USAGE, 1]]);
    log.tamper = changed(USAGE, 2, ({ data }) => ({ data: { ...data, number: 4 } }));
    expect(await found()).toEqual([[null, 'chain', USAGE, 2]]);
    log.tamper = changed(SETTINGS, 0, ({ data }) => ({ data: { ...data, number: 8 } }));
    expect(await found()).toEqual([[null, 'chain', SETTINGS, 0]]);
  });

  it('names the place of a removal, also where the rest moved up', async () => {
    const without =
      (revision: number): Tamper =>
      (events) =>
        events.filter((event) => !at(STREAM, revision)(event));
    log.tamper = without(1);
    expect(await found()).toEqual([
      [ACCOUNT, 'revision', STREAM, 2],
      [ACCOUNT, 'chain', STREAM, 2],
    ]);
    const movedUp = (event: LoggedEvent) =>
      event.stream === STREAM && event.revision > 1 ? { revision: event.revision - 1 } : {};
    log.tamper = (events) => without(1)(events).map((event) => ({ ...event, ...movedUp(event) }));
    expect(await found()).toContainEqual([ACCOUNT, 'chain', STREAM, 1]);
    log.tamper = without(0);
    expect(await found()).toContainEqual([ACCOUNT, 'revision', STREAM, 1]);
  });

  it.each([true, false])(
    'names both events of a swap, of the wrong revisions or of right ones: %s',
    async (renumbered) => {
      log.tamper = (events) => {
        const [left, right] = [events.findIndex(at(STREAM, 1)), events.findIndex(at(STREAM, 3))];
        const swapped = [...events];
        const revisionOf = (event: LoggedEvent, revision: number) => (renumbered ? { ...event, revision } : event);
        swapped[left] = revisionOf(events[right]!, 1);
        swapped[right] = revisionOf(events[left]!, 3);
        return swapped;
      };
      const places = (await found()).map(([, , stream, revision]) => `${String(stream)}@${String(revision)}`);
      expect(places).toEqual(expect.arrayContaining([`${STREAM}@1`, `${STREAM}@3`]));
    },
  );

  it('names an event that was put in, and one put in the place of another', async () => {
    const forged = { ...anEvent(9), metadata: { commandId: 'forged' } };
    await log.append(STREAM, [forged], 4);
    expect(await found()).toEqual([[ACCOUNT, 'chain', STREAM, 5]]);
    await new ChainedEventLog(log).append(STREAM, [anEvent(10)], 5);
    expect(await found()).toEqual([[ACCOUNT, 'chain', STREAM, 5]]);
  });

  it('names the event after one that was forged with a chain of its own', async () => {
    log.tamper = changed(STREAM, 1, () => ({ data: { number: 999 }, metadata: { chain: 'A'.repeat(43) } }));
    expect(await found()).toEqual([
      [ACCOUNT, 'chain', STREAM, 1],
      [ACCOUNT, 'chain', STREAM, 2],
    ]);
  });

  it('takes events from before there were chains as they are', async () => {
    const old = new TamperedLog();
    await old.append(STREAM, [anEvent(1), anEvent(2)], 'no_stream');
    await new ChainedEventLog(old).append(STREAM, [anEvent(3)], 1);
    expect(await new VerifyChains(old).ofTenant(TENANT)).toEqual([]);
    old.tamper = changed(STREAM, 2, () => ({ data: { number: 4 } }));
    expect(await new VerifyChains(old).ofTenant(TENANT)).toMatchObject([{ event: { revision: 2 } }]);
  });
});
