import { setTimeout as sleep } from 'node:timers/promises';
import { accountStream, INSTALLATION_STREAM, type Fact, type Stored } from '#contracts';
import { derivedUuid, DomainError, EventLogUnavailable, type Event } from '#kernel';
import type { ProjectionStatuses } from '#projection';
import { anEnvelope, anId, at, FixedClock, InMemoryEventLog, INVOICE, sealed, TENANT } from '#testing';
import { propose } from '#write-path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../../../test/services/eventually.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import type { Pools } from '../core/pools.js';
import { Metrics } from '../telemetry/metrics.js';
import { Looking } from '../worker/looking.js';
import { EffectDeferred } from './effect-deferred.js';
import { EffectReactor } from './effect-reactor.js';
import { EffectRows } from './effect-rows.js';
import type { ReactorStatus } from './reactor-statuses.js';

const NOW = at('2026-01-31T00:00:00Z');
const NAME = 'test';
const STREAM = accountStream(TENANT, anId('acc'));

interface Outcome {
  readonly said: string;
}

describe('what acts on the world outside', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let log: InMemoryEventLog;
  let logs = 0;
  let clock: FixedClock;
  let rows: EffectRows;
  let metrics: Metrics;
  /** What was done, and what the log was told, by revision. */
  let done: number[];
  let told: [number, string][];
  let act: (revision: number, signal: AbortSignal) => Promise<Outcome | undefined>;
  let tell: () => Promise<void>;
  let asks: (fact: Stored) => boolean;
  let over: AbortController;
  let running: Promise<void> | undefined;

  beforeEach(async () => {
    database ??= await stopping.use(TestDatabase.create());
    await database.owner.query('TRUNCATE ops.reactors, ops.effects');
    clock = new FixedClock(NOW);
    metrics = new Metrics();
    done = [];
    told = [];
    act = () => Promise.resolve({ said: 'yes' });
    tell = () => Promise.resolve();
    asks = () => true;
    await onLog();
  });

  afterEach(() => stop());

  const stop = async (): Promise<void> => {
    over?.abort();
    await running;
    running = undefined;
  };
  const onLog = async (): Promise<void> => {
    logs += 1;
    log = new InMemoryEventLog();
    rows = new EffectRows({ projector: database.projector, owner: database.owner } as Pools, log, clock);
    await append<Fact<'InstallationCreated'>>(INSTALLATION_STREAM, {
      type: 'InstallationCreated',
      data: { installationId: anId('ins', logs), productVersion: '0.1.0' },
    });
  };
  const append = async <One extends Event>(stream: string, fact: One): Promise<void> => {
    const revision = (await Array.fromAsync(log.readStream(stream))).length;
    const events = propose([fact], stream, anEnvelope(), NOW).map(({ event }) => event);
    const id = derivedUuid(logs, stream, revision);
    await log.append(
      stream,
      events.map((event) => ({ ...event, id })),
      'any',
    );
  };
  const ask = (): Promise<void> =>
    append<Fact<'DeliveryRequested'>>(STREAM, {
      type: 'DeliveryRequested',
      data: { deliveryId: anId('dlv'), invoiceId: INVOICE, channel: 'email', personal: sealed('to') },
    });
  const run = (): void => {
    over = new AbortController();
    const kind = {
      name: NAME,
      types: ['DeliveryRequested', 'DeliveryFailed'],
      asks: (fact: Stored) => asks(fact),
      act: ({ revision }: Stored, signal: AbortSignal) => {
        done.push(revision);
        return act(revision, signal);
      },
      tell: async ({ revision }: Stored, { said }: Outcome) => {
        await tell();
        told.push([revision, said]);
      },
      givenUp: (failure: string | null) => ({ said: failure ?? 'unknown' }),
    } as const;
    const looking = new Looking({} as ProjectionStatuses, log);
    running = new EffectReactor(kind, log, rows, looking, metrics).run(over.signal, pino({ level: 'silent' }));
  };
  const status = async (): Promise<ReactorStatus> => (await rows.statuses([NAME]))[0]!;
  const settled = async (waiting = 0): Promise<ReactorStatus> => {
    const head = await log.head();
    return eventually(status, (found) => found.position === head && found.waiting === waiting, 'its end');
  };
  const toldOf = (count: number): Promise<unknown> =>
    eventually(
      () => Promise.resolve(told),
      ({ length }) => length >= count,
      'what is told',
    );
  /** Nobody who tests waits for the next try. */
  const due = (): Promise<unknown> =>
    database.owner.query('UPDATE ops.effects SET due_at = now() WHERE over_at IS NULL');
  const failing = (): Promise<unknown> => eventually(status, (found) => found.failing === 1, 'a failure');

  it('is done once, and the log told again and again, where it cannot be told', async () => {
    const away = (): Promise<void> => Promise.reject(new EventLogUnavailable('It is away.'));
    tell = away;
    run();
    await ask();
    for (let time = 0; time < 3; time++) {
      await failing();
      await database.owner.query('UPDATE ops.effects SET failure = NULL, due_at = now()');
    }
    await failing();
    await stop();
    tell = () => Promise.resolve();
    act = () => Promise.reject(new Error('It would be done twice.'));
    await due();
    run();
    await settled();
    expect([done, told]).toEqual([[0], [[0, 'yes']]]);
  });

  it('is done once where neither what became of it can be put down nor the log be told at first', async () => {
    const keep = jest.spyOn(rows, 'keep').mockRejectedValueOnce(new Error('The database is away.'));
    let failures = 1;
    tell = () => (failures-- > 0 ? Promise.reject(new EventLogUnavailable('It is away.')) : Promise.resolve());
    run();
    await ask();
    await settled();
    expect([done, told, keep.mock.calls.length]).toEqual([[0], [[0, 'yes']], 2]);
  });

  it('is not taken in where a fact shows that it asks for nothing', async () => {
    asks = ({ revision }) => revision > 0;
    run();
    await ask();
    await ask();
    await toldOf(1);
    await settled();
    const { rows: taken } = await database.owner.query('SELECT revision FROM ops.effects');
    expect([done, taken]).toEqual([[1], [{ revision: 1n }]]);
  });

  it('is asked for by facts of several types, and by no other', async () => {
    run();
    await ask();
    await append<Fact<'DeliveryFailed'>>(STREAM, {
      type: 'DeliveryFailed',
      data: { deliveryId: anId('dlv'), invoiceId: INVOICE, code: 'not_taken', detail: 'away' },
    });
    await append<Fact<'AccountClosed'>>(STREAM, { type: 'AccountClosed', data: {} });
    await settled();
    expect(done.toSorted()).toEqual([0, 1]);
  });

  it('keeps what was put down first', async () => {
    run();
    await ask();
    await settled();
    const effect = { eventId: (await database.owner.query('SELECT event_id FROM ops.effects')).rows[0]!.event_id };
    expect(await rows.keep(NAME, effect as never, { said: 'no' })).toEqual({ said: 'yes' });
  });

  it('is not tried for ever where it ends whoever tries it, and nobody says that it was not done', async () => {
    const lost = new Promise<never>(() => undefined);
    act = () => lost;
    run();
    await ask();
    await eventually(
      () => Promise.resolve(done),
      ({ length }) => length === 1,
    );
    const { rows: claimed } = await database.owner.query(
      'SELECT attempts, due_at > now() AS later, over_at FROM ops.effects',
    );
    expect(claimed).toEqual([{ attempts: 1, later: true, over_at: null }]);
    await due();
    await eventually(
      () => Promise.resolve(done),
      ({ length }) => length === 2,
    );
    await database.owner.query('UPDATE ops.effects SET attempts = 20, due_at = now()');
    await settled();
    expect([done, told]).toEqual([[0, 0], [[0, 'unknown']]]);
    running = undefined;
  });

  it('is given up after days, with the reason of the last time', async () => {
    act = () => Promise.reject(new EffectDeferred('Not now.'));
    run();
    await ask();
    await failing();
    const { rows: put } = await database.owner.query(
      'SELECT attempts, due_at - now() < $1::interval AS soon FROM ops.effects',
      ['61 seconds'],
    );
    expect(put).toEqual([{ attempts: 1, soon: true }]);
    await database.owner.query('UPDATE ops.effects SET attempts = 19, due_at = now()');
    await settled();
    expect([done, told]).toEqual([[0, 0], [[0, 'Not now.']]]);
    const counted = (await metrics.effects.get()).values.map(({ labels, value }) => [labels.outcome, value]);
    expect(counted).toEqual([
      ['failed', 1],
      ['given_up', 1],
    ]);
  });

  it('is not said not to be done where the last time was interrupted', async () => {
    act = () => Promise.reject(new TypeError('What it answered means nothing.'));
    run();
    await ask();
    await failing();
    await database.owner.query('UPDATE ops.effects SET attempts = 19, due_at = now()');
    await settled();
    expect(told).toEqual([[0, 'unknown']]);
  });

  it.each([
    ['Not now.', new EffectDeferred('Not now.')],
    ['It was interrupted: busy.', new DomainError('busy', 'ada@secret.example waits.', 'unavailable')],
    ['It was interrupted: TypeError.', new TypeError('ada@secret.example is none.')],
  ])('says no more of a failure than %s', async (shown, error) => {
    act = () => Promise.reject(error);
    run();
    await ask();
    await failing();
    expect((await status()).lastFailure).toBe(shown);
  });

  it('goes on beside one that hangs, and ends with it', async () => {
    act = (revision, signal) =>
      revision > 0
        ? Promise.resolve({ said: 'yes' })
        : new Promise((_, failed) => {
            signal.addEventListener('abort', () => failed(new EffectDeferred('It was cut off.')));
          });
    for (let count = 0; count < 40; count++) await ask();
    run();
    await toldOf(39);
    await stop();
    expect(await status()).toMatchObject({ waiting: 1, failing: 1, lastFailure: 'It was cut off.' });
  });

  it('is brought to its end where whoever does it is asked to stop', async () => {
    const answer = Promise.withResolvers<Outcome>();
    act = () => answer.promise;
    tell = () => sleep(100);
    run();
    await ask();
    await eventually(
      () => Promise.resolve(done),
      ({ length }) => length === 1,
    );
    over.abort();
    answer.resolve({ said: 'yes' });
    await stop();
    expect([told, (await status()).waiting]).toEqual([[[0, 'yes']], 0]);
  });

  describe('with a log that is old', () => {
    beforeEach(() => clock.set(at('2026-03-01T00:00:00Z')));

    it('begins at its end where nothing was ever asked for', async () => {
      run();
      await settled();
      expect(await status()).toMatchObject({ paused: null });
      await ask();
      await toldOf(1);
    });

    it('does nothing again where the database was lost, until an operator lets it go on', async () => {
      await ask();
      run();
      expect(await eventually(status, ({ paused }) => paused !== null)).toMatchObject({ paused: 'no_checkpoint' });
      await ask();
      await rows.resume(NAME);
      await toldOf(1);
      expect(told).toEqual([[1, 'yes']]);
      await expect(rows.resume(NAME)).rejects.toMatchObject({ code: 'reactor_not_paused' });
    });

    it('does nothing that is due while it is paused, and leaves it where the operator skips; what was done is told', async () => {
      tell = () => Promise.reject(new EventLogUnavailable('It is away.'));
      run();
      await settled();
      await ask();
      await failing();
      act = () => Promise.reject(new EffectDeferred('Not now.'));
      await ask();
      await eventually(status, (found) => found.failing === 2);
      await stop();
      await database.owner.query(`UPDATE ops.reactors SET paused = 'another_log'`);
      await due();
      done = [];
      expect(await rows.claim(NAME, 10)).toEqual([]);
      await rows.skip(NAME);
      expect(await status()).toMatchObject({ paused: null, waiting: 1 });
      tell = () => Promise.resolve();
      run();
      await settled();
      expect([done, told]).toEqual([[], [[0, 'yes']]]);
    });

    it.each([
      ['where it has done something', true],
      ['where it was only let go on', false],
    ])('notices that it is another one, %s', async (_, acts) => {
      await ask();
      run();
      await eventually(status, ({ paused }) => paused === 'no_checkpoint');
      await rows.resume(NAME);
      if (acts) {
        await ask();
        await toldOf(1);
      }
      await eventually(status, ({ paused }) => paused === null);
      await stop();
      const { length } = done;
      await onLog();
      for (let count = 0; count < 4; count++) await ask();
      run();
      expect(await eventually(status, ({ paused }) => paused !== null)).toMatchObject({ paused: 'another_log' });
      expect(done).toHaveLength(length);
    });
  });
});
