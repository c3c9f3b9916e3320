import { type DomainError, type Violation } from '#kernel';
import type { PipeTransform } from '@nestjs/common';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { pointerTo } from '../http/json-pointer.js';
import { invalidRequest } from '../http/validation.js';

const EXAMPLE = {
  id: 'req-1',
  event: 'llm_request',
  accountId: 'external:cust-42',
  at: '2026-01-15T10:30:00Z',
  properties: { context_tokens: 374, model: 'large' },
};

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
    at: Type.Optional(Type.String({ maxLength: 64, description: 'RFC 3339; now unless told.' })),
    properties: Type.Optional(
      Type.Record(
        Type.String({ minLength: 1, maxLength: 128 }),
        Type.Union([Type.String({ maxLength: 1024 }), Type.Number(), Type.Boolean()]),
        {
          maxProperties: 100,
        },
      ),
    ),
    subscriptionId: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  { additionalProperties: false, examples: [EXAMPLE] },
);

export const usageBatchSchema = Type.Object(
  { events: Type.Array(usageEventSchema, { minItems: 1, maxItems: 1000 }) },
  { additionalProperties: false },
);

export type UsageEventBody = Static<typeof usageEventSchema>;

const batch = Compile(usageBatchSchema);
const bare = Compile(usageEventSchema);

/** A batch of 1 to 1,000 events, or one event bare. */
export class UsageBodyPipe implements PipeTransform<unknown, readonly UsageEventBody[]> {
  transform(body: unknown): readonly UsageEventBody[] {
    if (batch.Check(body)) return body.events;
    if (bare.Check(body)) return [body];
    const isBatch = typeof body === 'object' && body !== null && 'events' in body;
    throw refusal(isBatch ? batch.Errors(body) : bare.Errors(body));
  }
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/** The first twenty violations; a field that is not known hides what is wrong inside it. */
const refusal = (errors: readonly SchemaError[]): DomainError => {
  const found = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean').flatMap(violationsOf);
  return invalidRequest(found);
};

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
