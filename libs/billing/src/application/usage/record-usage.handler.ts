import {
  Clock,
  EventLog,
  isBefore,
  isDecimal,
  plusDuration,
  type AccountId,
  type Instant,
  type TenantId,
  type TestClockId,
} from '#kernel';
import type { Envelope } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Reading } from '../../domain/usage/usage.events.js';
import { UsageReadings } from '../ports/usage-readings.js';
import { TestClocks } from '../test-clocks.js';
import { Tenants, type BillingTerms } from '../tenants.js';
import { ReadingsInFlight } from './readings-in-flight.js';
import { UsageAppender } from './usage-appender.js';
import { UsageSubjects, type Subjects } from './usage-subjects.js';

export interface ReadingInput extends Omit<Reading, 'at'> {
  readonly accountId: AccountId;
  readonly at?: Instant;
}

export type ReadingResult =
  | { readonly id: string; readonly status: 'accepted' | 'duplicate' }
  | { readonly id: string; readonly status: 'rejected'; readonly code: string; readonly message: string };

export interface UsageRecording {
  /** In the order of the readings. */
  readonly results: readonly ReadingResult[];
  readonly position: bigint;
}

export class RecordUsage extends Command<UsageRecording> {
  constructor(
    readonly envelope: Envelope,
    readonly readings: readonly ReadingInput[],
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
    const [{ policy }, subjects] = await Promise.all([
      this.tenants.billingTerms(tenantId),
      this.subjects.find(tenantId, readings),
    ]);
    const timeOf = await this.timesOf(tenantId, subjects, { now, window: usageWindow(policy, now) }, policy);
    const candidates = new Map<string, Reading & { readonly accountId: AccountId }>();
    const results = readings.map((input): ReadingResult => {
      const time = timeOf(input.accountId);
      const reading = { ...input, at: input.at ?? time.now };
      const refusal = refusalOf(reading, subjects, time.window);
      if (refusal) return { id: reading.id, status: 'rejected', ...refusal };
      const key = readingKey(reading);
      if (candidates.has(key)) return { id: reading.id, status: 'duplicate' };
      candidates.set(key, reading);
      return { id: reading.id, status: 'accepted' };
    });
    const { duplicates, position } = await this.append(envelope, candidates, now);
    const told = results.map((result, index) =>
      result.status === 'accepted' && duplicates.has(readingKey(readings[index]!))
        ? { id: result.id, status: 'duplicate' as const }
        : result,
    );
    return { results: told, position: position ?? (await this.log.head()) };
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

  private async append(
    envelope: Envelope,
    candidates: ReadonlyMap<string, Reading & { readonly accountId: AccountId }>,
    now: Instant,
  ): Promise<{ readonly duplicates: ReadonlySet<string>; readonly position: bigint | null }> {
    const duplicates = new Set(await this.recorded.recorded(envelope.tenantId, [...candidates.values()]));
    const earlier: Promise<unknown>[] = [];
    const fresh: [string, Reading & { readonly accountId: AccountId }][] = [];
    for (const [key, reading] of candidates) {
      if (duplicates.has(key)) continue;
      const flight = this.inFlight.find(`${envelope.tenantId}\0${key}`);
      if (!flight) {
        fresh.push([key, reading]);
      } else {
        // It is a duplicate only if the append that carries it comes through; if not, this request is to be sent again.
        earlier.push(flight);
        duplicates.add(key);
      }
    }
    if (fresh.length === 0) {
      await Promise.all(earlier);
      return { duplicates, position: null };
    }
    const append = this.appender.append(
      envelope,
      fresh.map(([, reading]) => reading),
      now,
    );
    this.inFlight.track(
      fresh.map(([key]) => `${envelope.tenantId}\0${key}`),
      append,
    );
    const [position] = await Promise.all([append, ...earlier]);
    return { duplicates, position };
  }
}

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
): { readonly code: string; readonly message: string } | null => {
  const status = accounts.get(accountId);
  if (status === undefined) return { code: 'account_not_found', message: 'There is no such account.' };
  if (status === 'closed') return { code: 'account_closed', message: 'The account is closed.' };
  if (subscriptionId !== undefined && owners.get(subscriptionId) !== accountId) {
    return { code: 'subscription_not_found', message: 'The account has no such subscription.' };
  }
  if (isBefore(at, from) || isBefore(to, at)) {
    return { code: 'usage_outside_window', message: `Readings are accepted from ${from} to ${to}.` };
  }
  for (const property of numeric.get(event) ?? []) {
    if (Object.hasOwn(properties, property) && !isDecimal(properties[property])) {
      return {
        code: 'invalid_decimal',
        message: `A meter reads “${property}” as a number: this is not a plain decimal.`,
      };
    }
  }
  return null;
};
