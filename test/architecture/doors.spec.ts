import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import protobuf from 'protobufjs';
import { PERMISSIONS } from '../../apps/server/src/access/permissions.js';
import { packageDefinition, protoRoot, rpcsIn } from '../../apps/server/src/doors/grpc/definition.js';
import { routes, type Route } from '../services/routes.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
}

interface Documented {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly $ref?: string;
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
const documented = new Map(
  Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .map((operation) => [operation.operationId, operation]),
);

/** The fields of a schema with the schemas that each may have; a price is one of many. */
const fieldsOf = (schema: Schema): Map<string, Schema[]> => {
  const fields = new Map<string, Schema[]>();
  const add = ({ $ref, properties, allOf, oneOf }: Schema): void => {
    if ($ref !== undefined) add(document.components.schemas[$ref.split('/').at(-1)!]!);
    for (const part of [...(allOf ?? []), ...(oneOf ?? [])]) add(part);
    for (const [name, own] of Object.entries(properties ?? {})) fields.set(name, [...(fields.get(name) ?? []), own]);
  };
  add(schema);
  return fields;
};

/** Any JSON object, and a text that may be null. */
const WHOLE = new Set(['google.protobuf.Struct', 'MetadataText']);

/** Where the message and the schemas name different fields, or one has a list where the other has none. */
const differences = (
  type: protobuf.Type,
  schemas: readonly Schema[],
  at: string,
  within: readonly protobuf.Type[] = [],
): string[] => {
  // A price that stands in a price has been looked at.
  if (within.includes(type)) return [];
  const fields = fieldsOf({ oneOf: schemas });
  const own = type.fieldsArray.filter(({ name }) => name !== 'log' || fields.has('log'));
  return [...new Set([...fields.keys(), ...own.map(({ name }) => name)])].flatMap((name) => {
    const place = `${at}.${name}`;
    const field = own.find((candidate) => candidate.name === name);
    const wanted = fields.get(name);
    if (!field) return [`${place} is missing in the .proto`];
    if (!wanted) return [`${place} is in the .proto alone`];
    const isList = wanted.some(({ type: kind, items }) => kind === 'array' && items !== undefined);
    if (isList !== (field.repeated && !field.map)) return [`${place} is a list in one of them alone`];
    if (!(field.resolvedType instanceof protobuf.Type) || WHOLE.has(field.type)) return [];
    const members = wanted.map((schema) => schema.items ?? schema.additionalProperties ?? schema);
    return differences(field.resolvedType, members, place, [...within, type]);
  });
};

const requestSchema = ({ parameters = [], requestBody }: Documented): Schema => ({
  allOf: [
    ...(requestBody ? [requestBody.content['application/json']!.schema] : []),
    {
      properties: Object.fromEntries(
        parameters
          .filter(({ $ref, in: place }) => $ref === undefined && place !== 'header')
          .map(({ name, schema }) => [name, schema]),
      ),
    },
  ],
});

const answerSchema = ({ responses }: Documented): Schema =>
  (responses['200'] ?? responses['201'])!.content!['application/json']!.schema;

const declared = new Map(
  routes().flatMap((route): [string, Route][] => (route.operation ? [[route.operation.name, route]] : [])),
);
const messages = protoRoot('recount/v1/billing.proto');
const rpcs = Object.entries(rpcsIn(packageDefinition()));
const typeNamed = (definition: { readonly type: object }): protobuf.Type =>
  messages.lookupType((definition.type as { readonly name: string }).name);

describe('every subject', () => {
  it('is that of an operation which says what its caller has to be allowed', () => {
    expect(declared.size).toBeGreaterThan(50);
    for (const [name, { operation }] of declared) {
      expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(PERMISSIONS).toContain(operation!.permission);
    }
  });
});

describe('every rpc', () => {
  const unary = rpcs.filter(([, { responseStream }]) => !responseStream);

  it.each(rpcs)('%s is an operation, and so takes its permission', (name) => {
    expect(PERMISSIONS).toContain(declared.get(name)?.operation?.permission);
  });

  it.each(unary)('%s takes and answers the fields that the API documents', (name, { requestType, responseType }) => {
    const operation = documented.get(`${name[0]!.toLowerCase()}${name.slice(1)}`)!;
    expect([
      ...differences(typeNamed(requestType), [requestSchema(operation)], 'request'),
      ...differences(typeNamed(responseType), [answerSchema(operation)], 'answer'),
    ]).toEqual([]);
  });

  it('SubscribeEvents tells the fields of public events, which come by every door', () => {
    const schema = document.components.schemas['PublicEventResource']!;
    expect(differences(messages.lookupType('recount.v1.PublicEvent'), [schema], 'event')).toEqual([]);
  });
});
