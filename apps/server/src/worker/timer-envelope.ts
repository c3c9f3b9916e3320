import { derivedUuid } from '#kernel';
import type { DueTimer } from '#projections/agenda';
import type { Envelope } from '#write-path';

/** Under what the command of a timer is asked: the same generation of the same timer is the same command. */
export const timerEnvelope = ({ tenantId, owner, accountId, key, dueAt, generation, eventId }: DueTimer): Envelope => ({
  tenantId,
  ...(accountId === null ? {} : { accountId }),
  commandId: derivedUuid('agenda', owner, key, generation),
  requestHash: derivedUuid(key, generation),
  actor: { type: 'reactor', id: 'agenda' },
  correlationId: eventId,
  causationId: eventId,
  dueAt,
});
