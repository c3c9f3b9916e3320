import type { Violation } from '#kernel';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { pointerTo } from '../../pipeline/json-pointer.js';
import { invalidRequest } from '../../pipeline/validation.js';

const EXAMPLE = {
  id: 'req-1',
  event: 'llm_request',
  accountId: 'external:cust-42',
  at: '2026-01-15T10:30:00Z',
  properties: { context_tokens: 374, model: 'large' },
};

const PROPERTIES_MAX = 100;

const propertyName = Type.String({ minLength: 1, maxLength: 128 });
const propertyValue = Type.Union([Type.String({ maxLength: 1024 }), Type.Number(), Type.Boolean(), Type.Null()]);

/** Usage is checked by a compiled schema: class-validator would take seven times as long for a thousand readings. */
export const usageEventSchema = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Unique per account; the first one with an id counts.',
    }),
    event: Type.String({ minLength: 1, maxLength: 128, description: 'What happened; meters listen to this name.' }),
    accountId: Type.String({ minLength: 1, maxLength: 300, description: '`acc_…` or `external:<externalId>`' }),
    at: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339; now by default.' })),
    properties: Type.Optional(
      Type.Record(propertyName, propertyValue, {
        maxProperties: PROPERTIES_MAX,
        description: 'Numbers keep all their digits. What is null is as if it were not there.',
      }),
    ),
    subscriptionId: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  { title: 'UsageEvent', additionalProperties: false, examples: [EXAMPLE] },
);

export const usageBatchSchema = Type.Object(
  { events: Type.Array(usageEventSchema, { minItems: 1, maxItems: 1000 }) },
  { additionalProperties: false },
);

export type UsageEventBody = Static<typeof usageEventSchema>;

/** The request around the events: what each of them says is looked at one by one. */
const requestSchema = Type.Object(
  { events: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 1000 }) },
  { additionalProperties: false },
);

const request = Compile(requestSchema);
const event = Compile(usageEventSchema);
const property = Compile(Type.Record(propertyName, propertyValue));

/** An event as it came, and where it stands in its request. */
export interface UsageRow {
  readonly value: unknown;
  readonly pointer: string;
}

/** The rows of a batch, or the one that came bare. @throws DomainError `invalid_request`: there is no list of events */
export const rowsOf = (body: unknown): UsageRow[] => {
  const isBatch = typeof body === 'object' && body !== null && 'events' in body;
  if (!isBatch) return [{ value: body, pointer: '' }];
  if (request.Check(body)) return body.events.map((value, index) => ({ value, pointer: `/events/${index}` }));
  throw invalidRequest(violationsIn(request.Errors(body), ''));
};

export const isUsageEvent = (value: unknown): value is UsageEventBody => event.Check(value);

/** What the schema finds wrong with an event. */
export const eventViolations = ({ value, pointer }: UsageRow): Violation[] => {
  if (!hasProperties(value)) return violationsIn(event.Errors(value), pointer);
  const { told, tooMany } = explainable(Object.entries(value.properties));
  const found = violationsIn(event.Errors({ ...value, properties: Object.fromEntries(told) }), pointer);
  return tooMany ? [...found, { ...tooManyProperties, pointer: `${pointer}/properties` }] : found;
};

const EXPLAINED_PROPERTIES_MAX = 8;

const tooManyProperties = {
  code: 'invalid_max_properties',
  message: `This must not have more than ${PROPERTIES_MAX} properties.`,
};

/** No more properties than are told: to say what is wrong with one takes a hundred times as long as to see that it is. */
const explainable = (properties: readonly (readonly [name: string, value: unknown])[]) => {
  const tooMany = properties.length > PROPERTIES_MAX;
  const wrong = tooMany ? [] : properties.filter(([name, own]) => !property.Check({ [name]: own }));
  return { told: wrong.slice(0, EXPLAINED_PROPERTIES_MAX), tooMany };
};

/** Whether it is an object whose properties are one, whatever they say. */
export const hasProperties = (value: unknown): value is { readonly properties: object } =>
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  typeof value.properties === 'object' &&
  value.properties !== null &&
  !Array.isArray(value.properties);

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

const VIOLATIONS_MAX = 20;

/** A field that is not known hides what is wrong inside it. */
const violationsIn = (errors: readonly SchemaError[], pointer: string): Violation[] =>
  errors
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean')
    // Of what is none of several kinds, the first says enough.
    .filter(({ instancePath }, index, all) => all.findIndex((other) => other.instancePath === instancePath) === index)
    .slice(0, VIOLATIONS_MAX)
    .flatMap((error) => violationsOf({ ...error, instancePath: `${pointer}${error.instancePath}` }))
    // One of them may name many fields.
    .slice(0, VIOLATIONS_MAX);

const violationsOf = ({ keyword, instancePath, params, message }: SchemaError): Violation[] => {
  switch (keyword) {
    case 'additionalProperties': {
      const { additionalProperties = [] } = params as { readonly additionalProperties?: readonly string[] };
      return additionalProperties.map((name) => ({
        pointer: pointerTo(instancePath, name),
        code: 'unknown_field',
        message: `There is no field “${name.slice(0, 64)}” here.`,
      }));
    }
    case 'required': {
      const { requiredProperties = [] } = params as { readonly requiredProperties?: readonly string[] };
      return requiredProperties.map((name) => ({
        pointer: pointerTo(instancePath, name),
        code: 'required',
        message: 'This is required.',
      }));
    }
    case 'maxItems':
      return [{ pointer: instancePath, code: 'too_many_events', message: 'A request takes at most 1,000 events.' }];
    default:
      return [
        {
          pointer: instancePath,
          code: `invalid_${keyword.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
          message: `This ${message}.`,
        },
      ];
  }
};
