import { readingDigest, type Reading, type UsageShards } from '#contracts';
import {
  Clock,
  EventLog,
  isBefore,
  plusDuration,
  type AccountId,
  type Instant,
  type TenantId,
  type TestClockId,
  type Violation,
} from '#kernel';
import type { Envelope } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { valueRefusal } from '../value-refusal.js';
import type { AccountReading } from '../packing.js';
import { repeats, saidOf, type FirstReading } from '../repetition.js';
import { UsageReadings, type RecordedContent } from '../ports/usage-readings.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';
import { Tenants, type BillingTerms } from '../../tenant/use-cases/tenants.js';
import { ReadingsInFlight } from './readings-in-flight.js';
import { UsageAppender } from './usage-appender.js';
import { UsageSubjects, type Subjects } from './usage-subjects.js';

export interface ReadingInput extends Omit<Reading, 'at'> {
  readonly accountId: AccountId;
  readonly at?: Instant;
}

/** A row that is no reading, with what is wrong with it. */
export interface UnreadableReading {
  /** Where one could be read. */
  readonly id: string | null;
  readonly violations: readonly Violation[];
}

export type ReadingResult =
  | { readonly id: string; readonly status: 'accepted' | 'duplicate' }
  | ({ readonly id: string | null; readonly status: 'rejected'; readonly violations?: readonly Violation[] } & Refusal);

interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface UsageRecording {
  /** In the order of the readings. */
  readonly results: readonly ReadingResult[];
  readonly position: bigint;
}

export class RecordUsage extends Command<UsageRecording> {
  constructor(
    readonly envelope: Envelope,
    readonly readings: readonly (ReadingInput | UnreadableReading)[],
  ) {
    super();
  }
}

@CommandHandler(RecordUsage)
export class RecordUsageHandler implements ICommandHandler<RecordUsage> {
  constructor(
    private readonly tenants: Tenants,
    private readonly subjects: UsageSubjects,
    private readonly recorded: UsageReadings,
    private readonly inFlight: ReadingsInFlight,
    private readonly appender: UsageAppender,
    private readonly log: EventLog,
    private readonly testClocks: TestClocks,
    private readonly clock: Clock,
  ) {}

  /** Each reading stands alone; an accepted one is durable. @throws AppendOutcomeUnknown: safe to send again whole */
  async execute({ envelope, readings }: RecordUsage): Promise<UsageRecording> {
    const { tenantId } = envelope;
    const now = this.clock.now();
    const [{ policy, usageShards }, subjects] = await Promise.all([
      this.tenants.billingTerms(tenantId),
      this.subjects.find(tenantId, readings.filter(isReadable)),
    ]);
    const timeOf = await this.timesOf(tenantId, subjects, { now, window: usageWindow(policy, now) }, policy);
    const looked = readings.map((input): Looked => {
      if (!isReadable(input)) return { result: unreadable(input) };
      const time = timeOf(input.accountId);
      const reading = { ...input, at: input.at ?? time.now };
      const refusal = refusalOf(reading, subjects, time.window);
      return refusal ? { result: rejected(input.id, refusal) } : { input, reading };
    });
    const wanted = looked.flatMap((row) => ('reading' in row ? [row.reading] : []));
    const known = wanted.length === 0 ? NOTHING_KNOWN : await this.recorded.recorded(tenantId, wanted);
    return this.append(envelope, looked, { known, usageShards, now });
  }

  /** What time it is for each account: the same for most, or what its test clock shows. */
  private async timesOf(
    tenantId: TenantId,
    { testClocks }: Subjects,
    most: UsageTime,
    policy: BillingTerms['policy'],
  ): Promise<(accountId: AccountId) => UsageTime> {
    if (testClocks.size === 0) return () => most;
    const times = new Map<TestClockId, UsageTime>();
    for (const clockId of new Set(testClocks.values())) {
      const now = await this.testClocks.now(tenantId, clockId);
      times.set(clockId, { now, window: usageWindow(policy, now) });
    }
    return (accountId) => times.get(testClocks.get(accountId)!) ?? most;
  }

  /** From here on nothing is waited for until what is new is on its way: a request beside this one sees it in flight. */
  private async append(
    envelope: Envelope,
    looked: readonly Looked[],
    { known, usageShards, now }: Recording,
  ): Promise<UsageRecording> {
    const fresh: AccountReading[] = [];
    const firsts = new Map<string, FirstReading>();
    const earlier = new Set<Promise<unknown>>();
    const inFlight = this.inFlight.of(envelope.tenantId);
    const results = looked.map((row): ReadingResult => {
      if ('result' in row) return row.result;
      const { input, reading } = row;
      const key = readingKey(reading);
      const digest = digestOf(reading);
      const recorded = known.get(key);
      // A reading in flight is recorded only if its append comes through; if not, this request is to be sent again.
      const flight = recorded ? undefined : inFlight(key);
      if (flight) earlier.add(flight.append);
      const first = recorded ? firstOf(recorded) : (flight?.first ?? firsts.get(key));
      if (first) return repeats(first, { ...input, digest }) ? duplicate(reading.id) : rejected(reading.id, DIFFERS);
      firsts.set(key, { at: reading.at, digests: [digest] });
      fresh.push(reading);
      return { id: reading.id, status: 'accepted' };
    });
    if (fresh.length === 0) {
      await Promise.all(earlier);
      return { results, position: await this.log.head() };
    }
    const append = this.appender.append(envelope, usageShards, fresh, now);
    this.inFlight.track(envelope.tenantId, firsts, append);
    const [position] = await Promise.all([append, ...earlier]);
    return { results, position };
  }
}

/** What is known as readings are recorded. */
interface Recording {
  readonly known: ReadonlyMap<string, RecordedContent>;
  readonly usageShards: UsageShards;
  readonly now: Instant;
}

/** A row that is decided on already, or one that may be recorded. */
type Looked = { readonly result: ReadingResult } | { readonly input: ReadingInput; readonly reading: AccountReading };

const NOTHING_KNOWN: ReadonlyMap<string, RecordedContent> = new Map();

const DIFFERS: Refusal = {
  code: 'reading_differs',
  message: 'A reading with this id was recorded with other content: it counts. Amend it, or send another id.',
};

const isReadable = (reading: ReadingInput | UnreadableReading): reading is ReadingInput => 'accountId' in reading;

const duplicate = (id: string): ReadingResult => ({ id, status: 'duplicate' });
const rejected = (id: string, refusal: Refusal): ReadingResult => ({ id, status: 'rejected', ...refusal });

/** The first thing that is wrong says what it is. */
const unreadable = ({ id, violations }: UnreadableReading): ReadingResult => {
  const [{ code, message } = UNREADABLE] = violations;
  return { id, status: 'rejected', code, message, violations };
};

const UNREADABLE: Refusal = { code: 'invalid_request', message: 'This is no usage event.' };

const digestOf = (reading: Omit<Reading, 'id' | 'at'>): bigint => readingDigest(saidOf(reading));

const firstOf = ({ recorded, amended }: RecordedContent): FirstReading => ({
  at: recorded.at,
  digests: [recorded, ...(amended ? [{ ...recorded, properties: amended }] : [])].map(digestOf),
});

/** Also the key by which the read model names readings. */
export const readingKey = ({ accountId, id }: { readonly accountId: AccountId; readonly id: string }): string =>
  `${accountId}\0${id}`;

/** When it is, and what readings are accepted by then. */
interface UsageTime {
  readonly now: Instant;
  readonly window: UsageWindow;
}

interface UsageWindow {
  readonly from: Instant;
  readonly to: Instant;
}

const usageWindow = (
  { usageWindow: { pastDays, futureHours } }: BillingTerms['policy'],
  now: Instant,
): UsageWindow => ({
  from: plusDuration(now, { days: -pastDays }),
  to: plusDuration(now, { hours: futureHours }),
});

const refusalOf = (
  { accountId, subscriptionId, at, event, properties }: Reading & { readonly accountId: AccountId },
  { accounts, owners, numeric }: Subjects,
  { from, to }: UsageWindow,
): Refusal | null => {
  const status = accounts.get(accountId);
  if (status === undefined) return { code: 'account_not_found', message: 'There is no such account.' };
  if (status === 'closed') return { code: 'account_closed', message: 'The account is closed.' };
  if (subscriptionId !== undefined && owners.get(subscriptionId) !== accountId) {
    return { code: 'subscription_not_found', message: 'The account has no such subscription.' };
  }
  if (isBefore(at, from) || isBefore(to, at)) {
    return { code: 'usage_outside_window', message: `Readings are accepted from ${from} to ${to}.` };
  }
  const refusal = valueRefusal(properties, numeric.get(event));
  return refusal && { code: refusal.code, message: refusal.message };
};
