import {
  accountStream,
  decodeEvent,
  numberingStream,
  tenantStream,
  type AssignedNumber,
  type Fact,
  type StoredFact,
} from '#contracts';
import { derivedId, derivedUuid } from '#kernel';
import { anEnvelope, anId, at, ENTITY, FaultyEventLog, FixedClock, InMemoryEventLog, SERIES, TENANT } from '#testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { AssignNumbers } from './assign-numbers.js';

const NOW = at('2026-01-31T00:00:00Z');
const STREAM = numberingStream(TENANT, SERIES);

/** Invoices of many accounts, finalized one after the other. */
describe('the numbers of a series', () => {
  let log: InMemoryEventLog;
  let faults: FaultyEventLog;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    faults = new FaultyEventLog(log);
    const tenant = { tenantId: TENANT, name: 'Acme', entityId: ENTITY, seriesId: SERIES, timeZone: 'UTC' };
    const firstKey = { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] };
    const create = { type: 'CreateTenant', ...tenant, firstKey, usageShards: 1 } as const;
    await tenants().execute(tenantStream(TENANT), anEnvelope(99), create, () => null);
  });

  const tenants = (): Tenants => new Tenants(log, new FixedClock(NOW));
  /** A process that knows nothing of the series. */
  const process = (): AssignNumbers => new AssignNumbers(faults, tenants(), new FixedClock(NOW));

  const finalize = async (from: number, count: number): Promise<StoredFact<'InvoiceFinalized'>[]> => {
    const finalized: StoredFact<'InvoiceFinalized'>[] = [];
    for (let number = from; number < from + count; number++) {
      const stream = accountStream(TENANT, derivedId('acc', 'spec', number % 7));
      const data = { invoiceId: derivedId('inv', 'spec', number), seriesId: SERIES, issueDate: '2026-01-31' };
      const event = { id: derivedUuid('spec', number), type: 'InvoiceFinalized', data, metadata: {} };
      const { revision, position } = await log.append(stream, [event], 'any');
      const stored = { id: event.id, stream, revision, position, fact: { type: 'InvoiceFinalized', data } };
      finalized.push(stored as unknown as StoredFact<'InvoiceFinalized'>);
    }
    return finalized;
  };

  const assigned = async (): Promise<readonly AssignedNumber[][]> =>
    (await Array.fromAsync(log.readStream(STREAM))).map((event) => [
      ...decodeEvent<Fact<'NumbersAssigned'>>(event).fact.data.numbers,
    ]);

  const expectNumbered = async (finalized: readonly StoredFact<'InvoiceFinalized'>[]): Promise<void> => {
    const numbers = (await assigned()).flat();
    expect(numbers.map(({ documentId }) => documentId)).toEqual(finalized.map(({ fact }) => fact.data.invoiceId));
    expect(numbers.map(({ sequence }) => sequence)).toEqual(finalized.map((_, index) => index + 1));
    expect(numbers.map(({ source }) => source.eventId)).toEqual(finalized.map(({ id }) => id));
  };

  it('go to the log up to 500 in an event, in its order, without a gap', async () => {
    const finalized = await finalize(0, 1_203);
    await process().assign(finalized);
    expect((await assigned()).map((numbers) => numbers.length)).toEqual([500, 500, 203]);
    await expectNumbered(finalized);
    expect((await assigned()).at(-1)!.at(-1)!.number).toBe('INV-001203');
  });

  it('are given once, whatever part of what was finalized comes again, and to whom', async () => {
    const finalized = await finalize(0, 700);
    const one = process();
    await one.assign(finalized.slice(0, 520));
    for (const begin of [0, 100, 510]) await process().assign(finalized.slice(begin, begin + 120));
    await one.assign(finalized.slice(480)).catch(() => one.assign(finalized.slice(480)));
    await expectNumbered(finalized);
  });

  it.each(['unavailable', 'not_stored', 'answer_lost', 'crash_before', 'crash_after'] as const)(
    'have no gap where an append ended so: %s',
    async (fault) => {
      const finalized = await finalize(0, 1_203);
      faults.failing(null, fault);
      const one = process();
      await expect(one.assign(finalized)).rejects.toThrow();
      faults.forgive();
      await (fault.startsWith('crash') ? process() : one).assign(finalized);
      await expectNumbered(finalized);
    },
  );
});
