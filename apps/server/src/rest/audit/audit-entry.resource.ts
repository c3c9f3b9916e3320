import { ApiProperty } from '@nestjs/swagger';
import type { AuditEntry } from '#projections/audit-log';
import type { ActorResource } from './actor.resource.js';

/** A field that a change states; what is no text is told as JSON. */
export class AuditChangeResource {
  /** @example "netTermsDays" */
  field!: string;
  /** Null where nothing was stated of it before. @example "30" */
  before!: string | null;
  /** @example "14" */
  after!: string | null;
}

/** One change of state. What a command changed at once has the same `commandId`. */
export class AuditEntryResource {
  /** Position in the log. @example "4711" */
  position!: string;
  /** @example "2026-01-31T09:30:00Z" */
  recordedAt!: string;
  /** When it counts in business: an instant or a date. @example "2026-01-31T09:30:00Z" */
  effectiveAt!: string;
  /** What happened, as `docs/events.md` lists it. @example "PaymentTermsChanged" */
  type!: string;
  /** @example "account-acme_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  stream!: string;
  /** @example 7 */
  @ApiProperty({ format: 'int64' })
  revision!: number;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string | null;
  /** The operation that was asked for; null where something fell due. @example "ChangeAccount" */
  command!: string | null;
  /** @example "5f0f7a52-6a0e-5d5e-8d5f-3d3cf6a9f7a1" */
  commandId!: string;
  actor!: ActorResource;
  /** @example "7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11" */
  requestId!: string;
  /** What `X-Reason` said. @example "ticket 4711" */
  reason!: string | null;
  /** What it is about, by the fields that name it. @example { "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" } */
  subjects!: Record<string, string>;
  /** The fields that it states. @example ["netTermsDays", "from"] */
  fields!: string[];
  /** What it changed, as far as values are short. Personal data is included only with `personal=true`, as long as the person is not erased. */
  changes!: AuditChangeResource[];
}

export const auditEntryResource = (
  { position, actor, subjects, fields, ...entry }: AuditEntry,
  changes: AuditChangeResource[],
): AuditEntryResource => ({
  ...entry,
  position: String(position),
  actor: { ...actor },
  subjects: { ...subjects },
  fields: [...fields],
  changes,
});
