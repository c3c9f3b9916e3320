import {
  PUBLIC_EVENTS,
  publicEventExample,
  publicEventShape,
  type PublicEventKind,
  type PublicEventType,
} from '#contracts';
import { EVENTS_SUBJECTS } from '#messaging';
import type { TObject } from 'typebox';
import { PRODUCT_VERSION } from '../product-version.js';

const referTo = (...path: readonly string[]): { readonly $ref: string } => ({ $ref: `#/${path.join('/')}` });

/** Events by NATS and by server-sent events, for machines: what they say, and where they come. */
export const asyncApi = (): object => {
  const kinds = [...PUBLIC_EVENTS.values()];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Recount events',
      version: PRODUCT_VERSION,
      description:
        'What happened in billing, published in the order of the log by NATS JetStream and by server-sent events.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      nats: { host: 'localhost:4222', protocol: 'nats', description: 'JetStream, stream `RECOUNT_EVENTS`.' },
      http: {
        host: 'localhost:3000',
        protocol: 'http',
        description: 'The API.',
        security: [referTo('components', 'securitySchemes', 'bearer')],
      },
    },
    channels: {
      ...Object.fromEntries(kinds.map(({ type }) => [type, subject(type)])),
      'server-sent-events': stream(kinds),
    },
    operations: {
      ...Object.fromEntries(kinds.map(({ type }) => [`publish.${type}`, published(type)])),
      SubscribeEvents: subscribed(kinds),
    },
    components: {
      messages: Object.fromEntries(kinds.map((kind) => [kind.type, message(kind)])),
      schemas: { event: envelope(kinds[0]!), ...Object.fromEntries(kinds.map((kind) => [kind.type, schema(kind)])) },
      messageTraits: {
        jetstream: {
          headers: {
            type: 'object',
            properties: { 'Nats-Msg-Id': { type: 'string', description: 'The id of the event. Only by NATS.' } },
          },
        },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An API key' } },
    },
  };
};

/** Fields of an event that are of its kind alone. */
const OWN = ['type', 'version', 'data'];

/** What every event has, told once. */
const envelope = (any: PublicEventKind): object => {
  const { type, properties, required } = publicEventShape(any);
  return {
    type,
    description: 'What every event says beside what happened.',
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !OWN.includes(name))),
    required: (required as readonly string[]).filter((name) => !OWN.includes(name)),
  };
};

const schema = (kind: PublicEventKind): object => {
  const { description, properties } = publicEventShape(kind) as TObject & { readonly description: string };
  const own = Object.fromEntries(OWN.map((name) => [name, properties[name]]));
  return {
    description,
    allOf: [referTo('components', 'schemas', 'event'), { type: 'object', properties: own, required: OWN }],
  };
};

const message = (kind: PublicEventKind): object => ({
  name: kind.type,
  title: kind.type,
  summary: kind.means,
  traits: [referTo('components', 'messageTraits', 'jetstream')],
  payload: referTo('components', 'schemas', kind.type),
  examples: [{ payload: publicEventExample(kind) }],
});

const subject = (type: PublicEventType): object => ({
  address: `${EVENTS_SUBJECTS}{tenantId}.${type}`,
  description: PUBLIC_EVENTS.get(type)!.means,
  servers: [referTo('servers', 'nats')],
  parameters: { tenantId: { description: '`tnt_…`', examples: ['tnt_01j9zq6e4hf0fvwpn5t5jzq3cd'] } },
  messages: { [type]: referTo('components', 'messages', type) },
});

const published = (type: PublicEventType): object => ({
  action: 'send',
  channel: referTo('channels', type),
  messages: [referTo('channels', type, 'messages', type)],
});

const stream = (kinds: readonly PublicEventKind[]): object => ({
  address: '/v1/events',
  description: 'Server-sent events of the caller’s tenant: `id` is the position, `data` the event.',
  servers: [referTo('servers', 'http')],
  messages: Object.fromEntries(kinds.map(({ type }) => [type, referTo('components', 'messages', type)])),
});

const subscribed = (kinds: readonly PublicEventKind[]): object => ({
  action: 'send',
  channel: referTo('channels', 'server-sent-events'),
  messages: kinds.map(({ type }) => referTo('channels', 'server-sent-events', 'messages', type)),
  bindings: {
    http: {
      method: 'GET',
      query: {
        type: 'object',
        properties: {
          from: {
            type: 'string',
            description: 'After this position, `start` or `now`. `Last-Event-ID` goes before it.',
          },
          types: { type: 'string', description: 'Names with commas between, or all of a thing: `invoice.*`.' },
          account: { type: 'string', description: '`acc_…` or `external:<externalId>`.' },
        },
      },
      bindingVersion: '0.3.0',
    },
  },
});
