import { packed } from '#billing/usage';
import {
  readingDigest,
  USAGE_SHARDS,
  usageStream,
  type AccountReadings,
  type Reading,
  type UsageFact,
} from '#contracts';
import { hex64, type AccountId, type EventLog, type LoggedEvent, type ReadStreamOptions } from '#kernel';
import { foldUsage, foldUsages, type UsageFold } from '#replay';
import { anEnvelope, anId, at, InMemoryEventLog, TENANT } from '#testing';
import { propose } from '#write-path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 100);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_130);
const NOW = at('2026-01-31T00:00:00Z');
const ACCOUNTS = Array.from({ length: 12 }, (_, number) => anId('acc', number));

const account = fc.constantFrom(...ACCOUNTS);
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const value = fc.integer({ min: 0, max: 9 }).map(String);
const sent = fc.record({ accountId: account, id, value });
const request = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('record' as const), sent: fc.array(sent, { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('amend' as const), accountId: account, id, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retract' as const), accountId: account, id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat({ max: 3 }) }) },
);
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const reading = (name: string, tokens: string): Reading => ({
  id: name,
  event: 'call',
  at: NOW,
  properties: { tokens },
});

/** Account by account, as if each had a stream for itself: the first reading with an id, and the last word about it. */
class Reference {
  private readonly said = new Map<AccountId, Map<string, string | null>>();

  of(accountId: AccountId): Map<string, string | null> {
    const known = this.said.get(accountId) ?? new Map<string, string | null>();
    this.said.set(accountId, known);
    return known;
  }

  take(one: Exclude<Request, { kind: 'again' }>): void {
    if (one.kind === 'record') {
      for (const { accountId, id: name, value: tokens } of one.sent)
        if (!this.of(accountId).has(name)) this.of(accountId).set(name, tokens);
    } else if (this.of(one.accountId).has(one.id))
      this.of(one.accountId).set(one.id, 'value' in one ? one.value : null);
  }

  /** By account: what counts, as `id=value`. */
  counted(): Map<AccountId, string[]> {
    const counted = (accountId: AccountId) =>
      [...this.of(accountId)].filter(([, tokens]) => tokens !== null).map(([name, tokens]) => `${name}=${tokens!}`);
    return new Map(ACCOUNTS.map((accountId) => [accountId, counted(accountId)]));
  }
}

/** The streams of one tenant, appended to as the product does. */
class Streams {
  readonly log = new InMemoryEventLog();
  private commands = 0;

  constructor(private readonly shards: number) {}

  async take(one: Exclude<Request, { kind: 'again' }>): Promise<void> {
    if (one.kind === 'record') return this.record(one.sent);
    const { accountId } = one;
    const found = (await this.fold(accountId)).known.get(one.id);
    if (found === undefined) return;
    const { id: name, event, at: instant, revision, ordinal } = found;
    const corrected = { accountId, reading: { id: name, event, at: instant, revision, ordinal }, reason: 'spec' };
    const fact: UsageFact =
      one.kind === 'retract'
        ? { type: 'UsageRetracted', data: corrected }
        : { type: 'UsageAmended', data: { ...corrected, properties: { tokens: one.value } } };
    await this.append(this.streamOf(accountId), [fact]);
  }

  /** What is known of each reading, whether it still counts or not. */
  private async fold(accountId: AccountId) {
    const fold = await foldUsage(this.log, TENANT, accountId, this.shards);
    const known = new Map<string, UsageFold['readings'][number]>();
    for (let revision = 0; revision <= fold.lastRevision; revision++)
      for (const one of fold.asOf(revision)) if (!known.has(one.id)) known.set(one.id, one);
    return { known };
  }

  private async record(all: readonly { accountId: AccountId; id: string; value: string }[]): Promise<void> {
    const byStream = Map.groupBy(all, ({ accountId }) => this.streamOf(accountId));
    for (const [stream, own] of byStream) {
      const readings = own.map(({ accountId, id: name, value: tokens }) => ({ accountId, ...reading(name, tokens) }));
      await this.append(stream, packed(readings));
    }
  }

  private async append(stream: string, facts: readonly UsageFact[]): Promise<void> {
    this.commands += 1;
    const proposals = propose(facts, stream, anEnvelope(this.commands), NOW);
    await this.log.append(
      stream,
      proposals.map(({ event }) => event),
      'any',
    );
  }

  /** How far the stream of an account is. */
  async revisionOf(accountId: AccountId): Promise<number> {
    const newest = { direction: 'backward', limit: 1 } as const;
    const [last] = await Array.fromAsync(this.log.readStream(this.streamOf(accountId), newest));
    return last?.revision ?? -1;
  }

  private streamOf(accountId: AccountId): string {
    return usageStream(TENANT, accountId, this.shards);
  }
}

const texts = (readings: UsageFold['readings']): string[] =>
  readings.map(({ id: name, properties }) => `${name}=${properties['tokens']!}`);

const digestOf = (counted: readonly string[]): string =>
  hex64(
    counted.map((text) => readingDigest(reading(text.slice(0, 1), text.slice(2)))).reduce((sum, one) => sum ^ one, 0n),
  );

/** A log that counts how often each stream is read. */
class CountedReads extends InMemoryEventLog {
  readonly reads = new Map<string, number>();

  override async *readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<LoggedEvent> {
    this.reads.set(stream, (this.reads.get(stream) ?? 0) + 1);
    yield* super.readStream(stream, options);
  }
}

const foldedTogether = async (log: EventLog, shards: number, readingsMax?: number) => {
  const folds = new Map<AccountId, UsageFold>();
  const sizes: number[] = [];
  for await (const some of foldUsages(log, TENANT, ACCOUNTS, shards, readingsMax)) {
    const found = some.accounts.map((accountId) => [accountId, some.of(accountId)] as const);
    sizes.push(found.reduce((sum, [, { readings }]) => sum + readings.length, 0));
    for (const [accountId, fold] of found) folds.set(accountId, fold);
  }
  return { folds, sizes };
};

describe('usage in streams that accounts share', () => {
  it('is of each account what it would be in a stream of its own, at every moment, and folded with others', async () => {
    const histories = fc.array(request, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(...USAGE_SHARDS), async (history, shards) => {
        const [streams, reference] = [new Streams(shards), new Reference()];
        const moments: { revisions: Map<AccountId, number>; counted: Map<AccountId, string[]> }[] = [];
        const recordings: Exclude<Request, { kind: 'again' }>[] = [];
        for (const one of history) {
          const taken = one.kind === 'again' ? recordings[one.which] : one;
          if (taken === undefined) continue;
          recordings.push(taken);
          await streams.take(taken);
          reference.take(taken);
          const revisions = new Map<AccountId, number>();
          for (const accountId of ACCOUNTS) revisions.set(accountId, await streams.revisionOf(accountId));
          moments.push({ revisions, counted: reference.counted() });
        }
        const { folds } = await foldedTogether(streams.log, shards);
        for (const accountId of ACCOUNTS) {
          const fold = folds.get(accountId)!;
          const counted = reference.counted().get(accountId)!;
          expect(texts(fold.readings)).toEqual(counted);
          expect(fold.digest).toBe(digestOf(counted));
          for (const moment of moments)
            expect(texts(fold.asOf(moment.revisions.get(accountId)!))).toEqual(moment.counted.get(accountId)!);
          const { asOf: _, ...alone } = await foldUsage(streams.log, TENANT, accountId, shards);
          expect(fold).toMatchObject(alone);
        }
        const { folds: piecemeal } = await foldedTogether(streams.log, shards, 1);
        for (const [accountId, { asOf: _, ...fold }] of folds) expect(piecemeal.get(accountId)).toMatchObject(fold);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('is read once for all accounts that fit into memory, and again for the others', async () => {
    const log = new CountedReads();
    const stream = usageStream(TENANT, ACCOUNTS[0]!, 1);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const accounts: AccountReadings[] = ACCOUNTS.map((accountId) => ({
      accountId,
      readings: names.map((name) => reading(name, '1')),
    }));
    const fact = { type: 'UsageRecorded', data: { accounts, source: 'api' } } as const;
    const [{ event }] = propose([fact], stream, anEnvelope(1), NOW) as [ReturnType<typeof propose>[number]];
    await log.append(stream, [event], 'any');
    expect((await foldedTogether(log, 1)).sizes).toEqual([60]);
    expect(log.reads.get(stream)).toBe(1);
    const { folds, sizes } = await foldedTogether(log, 1, 20);
    expect(sizes).toEqual([20, 20, 20]);
    expect(log.reads.get(stream)).toBe(4);
    expect([...folds.keys()]).toEqual(ACCOUNTS);
    // One account that is more than fits is folded all the same.
    expect((await foldedTogether(log, 1, 1)).sizes).toEqual(ACCOUNTS.map(() => 5));
  });
});
