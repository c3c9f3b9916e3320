import type { Actor } from '#contracts';
import { derivedId, derivedUuid, type AccountId, type Id, type Instant, type TenantId } from '#kernel';

/** Who asks, in which request, under which identity: what every event of a command will carry. */
export interface Envelope {
  readonly tenantId: TenantId;
  readonly accountId?: AccountId;
  /** One command changes state once, however often it is sent. */
  readonly commandId: string;
  /** The name of what was asked, as all doors know it. */
  readonly command?: string;
  /** Hash of what was asked: another request under the same identity is refused. */
  readonly requestHash: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly reason?: string;
  /** The revision that the caller saw (If-Match). */
  readonly expectedRevision?: number;
  /** When the timer was due that asks: what it does counts as of then, however late it came to it. */
  readonly dueAt?: Instant;
  /** Answers what would happen, and writes nothing. */
  readonly dryRun?: boolean;
}

/** The same request, as part of a larger one: its own identity, derived and so the same again. */
export const subcommand = (envelope: Envelope, ...part: readonly (string | number)[]): Envelope => {
  const { expectedRevision: _, ...rest } = envelope;
  return { ...rest, commandId: derivedUuid(envelope.commandId, ...part) };
};

/** An id for what this command creates: asked again, it is the same. */
export const createdId = <Prefix extends string>(prefix: Prefix, { tenantId, commandId }: Envelope): Id<Prefix> =>
  derivedId(prefix, tenantId, commandId);
