import { type NumberInvoice } from '#billing/invoice';
import { AssignNumbers } from '#billing/numbering';
import { Tenants } from '#billing/tenant';
import { accountStream, numberingStream, type AccountFact, type Fact } from '#contracts';
import { derivedUuid, EventLogUnavailable, type Event } from '#kernel';
import { anEnvelope, anId, at, FixedClock, InMemoryEventLog, SERIES, TENANT } from '#testing';
import { propose } from '#write-path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import type { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { eventually } from '../../../../test/services/eventually.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import type { Pools } from '../core/pools.js';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { NumberingReactors } from './numbering.reactors.js';

const NOW = at('2026-01-31T00:00:00Z');
const logger = pino({ level: 'silent' });

/** Invoices that have their numbers in the series, and those that were told so. */
describe('invoices', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let log: InMemoryEventLog;
  let told: number[];
  let failures: number;
  let over: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    database ??= await stopping.use(TestDatabase.create());
    await database.owner.query('TRUNCATE ops.reactors');
    log = new InMemoryEventLog();
    told = [];
    failures = 0;
    over = new AbortController();
  });

  afterEach(async () => {
    over.abort();
    await running;
  });

  const append = async <One extends Event>(stream: string, fact: One): Promise<void> => {
    const revision = (await Array.fromAsync(log.readStream(stream))).length;
    const events = propose([fact], stream, anEnvelope(), NOW).map(({ event }) => event);
    await log.append(
      stream,
      events.map((event) => ({ ...event, id: derivedUuid(stream, revision) })),
      'any',
    );
  };
  const streamOf = (number: number) => accountStream(TENANT, anId('acc', number));
  const assigned = (...sequences: number[]) => {
    const numbers = sequences.map((sequence) => ({
      documentId: anId('inv', sequence),
      sequence,
      number: `INV-${sequence}`,
      source: { stream: streamOf(sequence), revision: 3, eventId: derivedUuid('finalized', sequence) },
    }));
    return append<Fact<'NumbersAssigned'>>(numberingStream(TENANT, SERIES), {
      type: 'NumbersAssigned',
      data: { numbers },
    });
  };
  const numbered = (sequence: number) => {
    const data = { invoiceId: anId('inv', sequence), seriesId: SERIES, sequence, number: `INV-${sequence}` };
    return append<AccountFact>(streamOf(sequence), { type: 'InvoiceNumbered', data });
  };

  const run = (): void => {
    const execute = ({ given, accountId }: NumberInvoice): Promise<unknown> => {
      if (failures-- > 0) return Promise.reject(new EventLogUnavailable('It is away.'));
      expect([accountId, given.number]).toEqual([anId('acc', given.sequence), `INV-${given.sequence}`]);
      told.push(given.sequence);
      return Promise.resolve();
    };
    const clock = new FixedClock(NOW);
    const reactors = new NumberingReactors(
      new AssignNumbers(log, new Tenants(log, clock), clock),
      { execute } as unknown as CommandBus,
      log,
      new ReactorCheckpoints({ projector: database.projector } as Pools, logger as unknown as PinoLogger),
    );
    running = reactors.run(over.signal, logger);
  };
  const expectTold = async (...sequences: number[]): Promise<void> => {
    await eventually(
      () => Promise.resolve(told),
      (found) => found.length >= sequences.length,
      'what is told',
    );
    expect([...told].sort()).toEqual(sequences);
  };

  it('that know their numbers are not told again by who has no checkpoint; others are, and new ones', async () => {
    await assigned(1, 2, 3);
    for (const sequence of [1, 3]) await numbered(sequence);
    await assigned(4, 5);
    await numbered(5);
    run();
    await expectTold(2, 4);
    await assigned(6);
    await expectTold(2, 4, 6);
  });

  it('are told from where the checkpoint is', async () => {
    await assigned(1, 2);
    const head = await log.head();
    await assigned(3, 4);
    await numbered(3);
    await database.projector.query('INSERT INTO ops.reactors (name, position) VALUES ($1, $2)', [
      'number-invoice-on-numbers-assigned',
      head,
    ]);
    run();
    await expectTold(4);
  });

  it('are told once the log is back', async () => {
    await assigned(1, 2);
    await numbered(2);
    failures = 2;
    run();
    await expectTold(1);
  });
});
