import { derivedUuid, sha256Hex } from '#kernel';
import type { Envelope } from '#write-path';
import { TENANT } from './billing/ids.js';

/** The nth command. The same number is the same command, come again. */
export const anEnvelope = (number = 1, envelope: Partial<Envelope> = {}): Envelope => ({
  tenantId: TENANT,
  commandId: derivedUuid('testing', 'command', number),
  requestHash: sha256Hex(`request ${number}`),
  actor: { type: 'api_key', id: 'key' },
  correlationId: derivedUuid('testing', 'request', number),
  ...envelope,
});
