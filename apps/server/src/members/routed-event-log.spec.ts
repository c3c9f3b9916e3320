import type { ProposedEvent } from '#kernel';
import { MasterKey } from '#personal-data';
import { anEvent, collect, FaultyEventLog, InMemoryEventLog } from '#testing';
import { ChainedEventLog } from '#write-path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { eventually } from '../../../../test/services/eventually.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { Pools } from '../core/pools.js';
import { Metrics } from '../telemetry/metrics.js';
import { Members } from './members.js';
import { RoutedEventLog } from './routed-event-log.js';

describe('appends to wherever a stream ends, at the member that it belongs to', () => {
  let database: TestDatabase;
  let pools: Pools;
  let stored: InMemoryEventLog;
  const joined: Members[] = [];

  beforeEach(async () => {
    database = await TestDatabase.create();
    pools = new Pools(database.url);
    stored = new InMemoryEventLog();
  });
  afterEach(async () => {
    await Promise.all(joined.splice(0).map((one) => one.beforeApplicationShutdown()));
    await pools.onApplicationShutdown();
    await database.stop();
  });

  const aMember = async () => {
    const told: (readonly [string, unknown])[] = [];
    const tell = (level: string) => (fields: object) => void told.push([level, (fields as { err?: unknown }).err]);
    const logger = { debug: tell('debug'), warn: tell('warn'), error: tell('error') } as unknown as PinoLogger;
    const members = new Members(pools, new Metrics(), logger, new MasterKey(Buffer.alloc(32, 7)));
    const faults = new FaultyEventLog(stored);
    const log = new RoutedEventLog(new ChainedEventLog(faults), members);
    await members.join({ host: '127.0.0.1', port: 0 });
    joined.push(members);
    return { log, members, faults, told };
  };
  const two = async () => {
    const both = [await aMember(), await aMember()] as const;
    await eventually(
      () => Promise.resolve(both.map(({ members }) => members.reachable)),
      (reachable) => reachable.every((count) => count === 2),
      'each other',
    );
    return both;
  };
  type AMember = Awaited<ReturnType<typeof aMember>>;

  const ofCommand = (commandId: string): ProposedEvent => ({
    ...anEvent(),
    metadata: { commandId, recordedAt: '2026-01-01T00:00:00Z' },
  });
  const streamOf = async (asked: AMember, owner: AMember): Promise<string> => {
    for (let number = 0; ; number++) {
      const before = owner.faults.appends;
      await asked.log.append(`usage-${number}`, [ofCommand(`first of ${number}`)], 'any');
      if (owner.faults.appends > before) return `usage-${number}`;
    }
  };
  const commandsIn = async (stream: string) =>
    (await collect(stored.readStream(stream))).map(({ metadata }) => metadata['commandId']);

  it('happen once, though many were stored there and nobody was told', async () => {
    const [asked, owner] = await two();
    const stream = await streamOf(asked, owner);
    owner.faults.failing('answer_lost', 'answer_lost');
    const commands = Array.from({ length: 60 }, (_, number) => `command ${number}`);
    await Promise.all(commands.map((command) => asked.log.append(stream, [ofCommand(command)], 'any')));
    const found = await commandsIn(stream);
    expect(found.slice(1).toSorted()).toEqual(commands.toSorted());
    expect(asked.told.some(([level]) => level === 'error')).toBe(false);
    expect(owner.told).toEqual([]);
  });

  it('happen here where they fail there, which both say', async () => {
    const [asked, owner] = await two();
    const stream = await streamOf(asked, owner);
    owner.faults.failing(() => Promise.reject(new TypeError('It is broken.')));
    await asked.log.append(stream, [ofCommand('mine')], 'any');
    expect((await commandsIn(stream)).slice(1)).toEqual(['mine']);
    expect(owner.told).toEqual([['error', expect.objectContaining({ message: 'It is broken.' })]]);
    expect(asked.told).toEqual([['error', expect.objectContaining({ cause: 'TypeError: It is broken.' })]]);
  });
});
