import { accountOf, accountStream, chainOf, metadataOf, storedChain, STREAM_CATEGORIES, usageStream } from '#contracts';
import { idSuffix, type AccountId, type EventLog, type Json, type LoggedEvent, type TenantId } from '#kernel';
import { chainedId } from '#write-path';
import type { Difference } from './difference.js';

/** One event that is not what was appended, or not where. Streams that are no account's have none. */
export interface LogDifference extends Omit<Difference, 'accountId'> {
  readonly accountId: AccountId | null;
}

interface Progress {
  /** Told now and then: how many events were looked at. */
  readonly onProgress?: (events: number) => Promise<void>;
  readonly signal?: AbortSignal;
}

interface Pass extends Progress {
  /** Called with every event of the tenant, in the order of the log. */
  readonly onEvent?: (event: LoggedEvent) => Promise<void> | void;
}

const DIFFERENCES_MAX = 1_000;
const EVENTS_BETWEEN_REPORTS = 10_000;

/** Holds every event of a tenant, or of one account, to the chain of its stream. */
export class VerifyChains {
  constructor(private readonly log: EventLog) {}

  async ofTenant(tenantId: TenantId, { onProgress, signal, onEvent }: Pass = {}): Promise<LogDifference[]> {
    const streamPrefixes = STREAM_CATEGORIES.map((category) => `${category}-${idSuffix(tenantId)}`);
    const chains = new Map<string, StreamChain>();
    const differences: LogDifference[] = [];
    let events = 0;
    for await (const event of this.log.readAll({ filter: { streamPrefixes } })) {
      const waiting = onEvent?.(event);
      if (waiting) await waiting;
      if (differences.length < DIFFERENCES_MAX) differences.push(...chainOfStream(chains, event.stream).take(event));
      else if (!onEvent) break;
      if (++events % EVENTS_BETWEEN_REPORTS > 0) continue;
      signal?.throwIfAborted();
      await onProgress?.(events);
    }
    return differences;
  }

  /** Its usage stands beside that of others in one stream, which is looked through whole. */
  async ofAccount(
    tenantId: TenantId,
    accountId: AccountId,
    usageShards: number,
    { signal }: Progress = {},
  ): Promise<LogDifference[]> {
    const differences: LogDifference[] = [];
    for (const stream of [accountStream(tenantId, accountId), usageStream(tenantId, accountId, usageShards)]) {
      const chain = new StreamChain(stream);
      for await (const event of this.log.readStream(stream)) {
        differences.push(...chain.take(event));
        if (differences.length >= DIFFERENCES_MAX) return differences;
        signal?.throwIfAborted();
      }
    }
    return differences;
  }
}

const chainOfStream = (chains: Map<string, StreamChain>, stream: string): StreamChain => {
  const known = chains.get(stream);
  if (known) return known;
  const chain = new StreamChain(stream);
  chains.set(stream, chain);
  return chain;
};

/** One stream, event by event. Events from before there were chains are taken as they are. */
class StreamChain {
  private revision = -1;
  private last: string | undefined;

  constructor(private readonly stream: string) {}

  take(event: LoggedEvent): LogDifference[] {
    const { revision, last } = this;
    const chain = storedChain(event);
    this.revision = event.revision;
    this.last = chain;
    const differences: LogDifference[] = [];
    if (event.revision !== revision + 1) {
      differences.push(this.difference(event, 'revision', revision + 1, event.revision));
    }
    if (chain === undefined) {
      // Said once: from there on the stream has none.
      if (last !== undefined) differences.push(this.difference(event, 'chain', 'a chain', null));
      return differences;
    }
    const expected = chainOf(last, event);
    if (chain !== expected) differences.push(this.difference(event, 'chain', expected, chain));
    else if (event.id !== chainedId(chain)) {
      differences.push(this.difference(event, 'id', chainedId(chain), event.id));
    }
    return differences;
  }

  private difference(event: LoggedEvent, field: string, expected: Json, found: Json): LogDifference {
    const { stream } = this;
    const accountId = accountOf(stream) ?? metadataOf(event).accountId ?? null;
    return { accountId, subject: 'log', field, expected, found, event: { stream, revision: event.revision } };
  }
}
