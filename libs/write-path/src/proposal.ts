import { hash } from 'node:crypto';
import { decodeEvent, effectiveAt, encodeEvent, type Stored } from '#contracts';
import { derivedUuid, type Event, type Instant, type ProposedEvent } from '#kernel';
import type { Envelope } from './envelope.js';

/** A decided fact on its way into the log. Its id repeats exactly when command, place and bytes do. */
export interface Proposal<Fact extends Event> {
  readonly event: ProposedEvent;
  /** Once it is appended: the fact as the log gives it back, read from the very copy that was stored. */
  readonly stored: (revision: number, position: bigint) => Stored<Fact>;
}

export const propose = <Fact extends Event>(
  facts: readonly Fact[],
  stream: string,
  envelope: Envelope,
  recordedAt: Instant,
): Proposal<Fact>[] =>
  facts.map((fact, index) => {
    const { data, text, schemaVersion } = encodeEvent(fact);
    const {
      tenantId,
      accountId,
      commandId,
      command,
      requestHash,
      actor,
      correlationId,
      causationId,
      traceparent,
      reason,
    } = envelope;
    const metadata = {
      schemaVersion,
      tenantId,
      ...(accountId === undefined ? {} : { accountId }),
      commandId,
      ...(command === undefined ? {} : { command }),
      requestHash,
      actor,
      ...(reason === undefined ? {} : { reason }),
      correlationId,
      ...(causationId === undefined ? {} : { causationId }),
      ...(traceparent === undefined ? {} : { traceparent }),
      recordedAt,
      effectiveAt: effectiveAt(fact, recordedAt),
    };
    const id = derivedUuid(commandId, index, hash('sha256', `${fact.type}\n${text}`));
    const event = { id, type: fact.type, data, metadata: { ...metadata, actor: { ...actor } } };
    return {
      event: { ...event, text: { data: text } },
      stored: (revision, position) => decodeEvent({ ...event, stream, revision, position }),
    };
  });
