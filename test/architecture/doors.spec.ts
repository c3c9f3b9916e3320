import { describe, expect, it } from '@jest/globals';
import type protobuf from 'protobufjs';
import { PERMISSIONS } from '../../apps/server/src/access/permissions.js';
import { answerType, packageDefinition, requestType, rpcsIn } from '../../apps/server/src/doors/grpc/definition.js';
import { asMessage } from '../../apps/server/src/doors/grpc/json-form.js';
import { requestReader } from '../../apps/server/src/doors/grpc/request-reader.js';
import {
  answerContent,
  guardedOperations,
  JSON_TYPE,
  rpcName,
  streams,
  type DocumentedOperation,
} from '../../apps/server/src/documentation/proto/documented-operations.js';
import { exampleOf } from '../../apps/server/src/documentation/examples.js';
import { documentedApi } from '../../apps/server/src/documentation/proto/proto-files.js';
import { encoded, jsonOf } from '../e2e/doors/grpc-client.js';
import { sparse } from '../e2e/doors/transcript.js';
import { routes, type Route } from '../services/routes.js';

const VALUES_MAX = 10_000;

const rpcs = rpcsIn(packageDefinition());
const declared = new Map(
  routes().flatMap((route): [string, Route][] => (route.operation ? [[route.operation.name, route]] : [])),
);
const api = documentedApi();
const documented = guardedOperations(api);
const unary = documented
  .filter((operation) => !streams(operation))
  .map((operation) => [rpcName(operation), operation] as const);

describe('every subject', () => {
  it('is that of an operation which says what its caller has to be allowed', () => {
    expect(declared.size).toBeGreaterThan(50);
    for (const [name, { operation }] of declared) {
      expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
      expect(PERMISSIONS).toContain(operation!.permission);
    }
  });
});

describe('every operation', () => {
  it('is an rpc, and every rpc an operation', () => {
    expect(Object.keys(rpcs).sort()).toEqual([...declared.keys()].sort());
    expect(documented.map(rpcName).sort()).toEqual([...declared.keys()].sort());
  });

  it('that goes without an rpc is public: health, figures and the welcome of REST', () => {
    const without = routes().filter(({ operation }) => operation === undefined);
    expect(without.map(({ path }) => path).sort()).toEqual(['', 'health', 'health/ready', 'metrics']);
  });

  it.each(unary)('%s is asked by gRPC what the document shows', (name, operation) => {
    const asked = exampleOfRequest(operation);
    const read = requestReader(requestType(rpcs[name]!), VALUES_MAX)(encoded(name, asked));
    expect(said(read)).toEqual(said(asked));
  });

  it.each(unary)('%s answers by gRPC what the document shows', (name, operation) => {
    const answer = exampleOf(answerContent(operation)[JSON_TYPE]!.schema, api.components.schemas) as object;
    expect(sparse(decoded(answerType(rpcs[name]!), asMessage(answerType(rpcs[name]!), answer)))).toEqual(
      sparse(answer),
    );
  });
});

const exampleOfRequest = ({ parameters = [], requestBody }: DocumentedOperation): object => {
  const own = parameters.filter(({ $ref, in: place }) => $ref === undefined && place !== 'header');
  const fields: Record<string, unknown> = {};
  for (const { name, schema } of own.filter(({ schema: { example } }) => example !== undefined)) {
    const [, field, bound] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    const value = schema.type === 'array' ? String(schema.example).split(',') : schema.example;
    if (field === undefined) fields[name] = value;
    else fields[field] = { ...(fields[field] as object), [bound!]: value };
  }
  return { ...fields, ...(requestBody?.content[JSON_TYPE]?.example as object) };
};

/** Usage has numbers in texts, and an empty list or map says the same as none. */
const said = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json), (_, value: unknown) => {
    if (typeof value === 'number') return String(value);
    return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? undefined : value;
  });

const decoded = (type: protobuf.Type, message: object): object =>
  jsonOf(type, type.toObject(type.decode(type.encode(type.fromObject(message)).finish()), { longs: String }));
