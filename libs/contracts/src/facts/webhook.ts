import { Type } from 'typebox';
import { fact } from './fact.js';
import type { HeldIn } from './held.js';
import { exampleId } from './public-shapes.js';
import { Count, IdText, InstantText, OneOf, PersonalShape, Text } from './shapes.js';

const endpointId = IdText('whe');
const secretId = IdText('whs');

const terms = {
  /** Opened for sending alone: what stands in it may open the receiver. The digest tells whether it is another one. */
  url: PersonalShape,
  urlDigest: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'HMAC-SHA256 of the URL in hex' }),
  /** `invoice.finalized`, or all of a thing: `invoice.*`; none: all there are. */
  eventTypes: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 }),
  /** Only what is about these; none: whatever it is about. */
  accountIds: Type.Array(IdText('acc'), { maxItems: 100 }),
  /** `account`: what is about one account comes one after the other. */
  ordering: OneOf('account', 'none'),
  /** `thin`: of `data`, the ids alone. */
  format: OneOf('full', 'thin'),
  description: Type.Optional(Text()),
};
/** Where a tenant's public events are sent, and which. Set as a whole. */
export type WebhookTerms = HeldIn<typeof terms>;

const told = { fields: ['endpointId'], example: { endpointId: exampleId('whe') } } as const;

/** Secrets follow from the master key and their id: none is stored. */
export const webhookFacts = {
  WebhookEndpointCreated: fact('Public events that come from now on are sent to a URL.', {
    endpointId,
    secretId,
    ...terms,
  }).told({ type: 'webhook_endpoint.created', means: 'Public events are sent to another URL, too.', ...told }),
  WebhookEndpointChanged: fact('What is sent, or where, is something else, whole.', { endpointId, ...terms }).told({
    type: 'webhook_endpoint.changed',
    means: 'What is sent to an endpoint, or where that is, is something else: the API answers it.',
    ...told,
  }),
  WebhookSecretRotated: fact('What is sent is signed with another secret, and for a while with both.', {
    endpointId,
    secretId,
    previousUntil: InstantText,
  }).told({
    type: 'webhook_endpoint.secret_rotated',
    means: 'What is sent to an endpoint is signed with another secret, and until then with both.',
    fields: ['endpointId', 'previousUntil'],
    example: { ...told.example, previousUntil: '2026-02-02T00:00:00Z' },
  }),
  WebhookEndpointDisabled: fact('Nothing is sent to it any more. What waits is kept.', {
    endpointId,
    /** `gone`: it answered 410. `failing`: it took nothing for days. `operator`: somebody asked for it. */
    cause: OneOf('gone', 'failing', 'operator'),
    /** How often it had been enabled: what was found out before somebody enabled it says nothing any more. */
    enabledTimes: Count,
  }).told({
    type: 'webhook_endpoint.disabled',
    means: 'Nothing is sent to an endpoint any more: it is gone, took nothing for days, or somebody asked for it.',
    fields: ['endpointId', 'cause'],
    example: { ...told.example, cause: 'failing' },
  }),
  WebhookEndpointEnabled: fact('It is sent to again: what waits, and what comes from now on.', { endpointId }).told({
    type: 'webhook_endpoint.enabled',
    means: 'An endpoint that was disabled is sent to again.',
    ...told,
  }),
  WebhookEndpointDeleted: fact('It is no more, and the key of its URL is forgotten.', { endpointId }).told({
    type: 'webhook_endpoint.deleted',
    means: 'An endpoint is no more.',
    ...told,
  }),
};
