import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../examples.js';
import type { ApiDocument } from './documented-operations.js';
import { jsonForms } from './json-forms.js';
import { protocolOf } from './protocol-of.js';

const text: Schema = { type: 'string' };
const referTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A command that takes these fields and answers them. */
const documentOf = (
  properties: Record<string, Schema>,
  { required = [], schemas = {} }: { required?: readonly string[]; schemas?: Record<string, Schema> } = {},
): ApiDocument => ({
  paths: {
    '/v1/things': {
      post: {
        operationId: 'makeThing',
        summary: 'Makes a thing.',
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties, required } } } },
        responses: { 200: { content: { 'application/json': { schema: referTo('ThingResource') } } } },
      },
    },
  },
  components: { schemas: { ThingResource: { type: 'object', properties, required }, ...schemas } },
});

const fieldsOf = (document: ApiDocument, message: string): string[] =>
  protocolOf(document, {})
    .messages.find(({ name }) => name === message)!
    .fields.map(
      ({ name, type, repeated, optional }) => `${repeated ? 'repeated ' : optional ? 'optional ' : ''}${type} ${name}`,
    );

const asked = (...[properties, more]: Parameters<typeof documentOf>): string[] =>
  fieldsOf(documentOf(properties, more), 'MakeThingRequest');

describe('the fields of a message', () => {
  it('have presence where JSON may leave them out, and where zero would be taken for nothing', () => {
    const properties = { name: text, count: { type: 'number' }, tier: { type: 'number', minimum: 1 }, note: text };
    const required = ['name', 'count', 'tier'];
    const fields = ['string name', 'optional int32 count', 'int32 tier', 'optional string note'];
    expect(asked(properties, { required })).toEqual(fields);
    expect(fieldsOf(documentOf(properties, { required }), 'Thing')).toEqual(fields.with(1, 'int32 count'));
  });

  it('are as wide as their schemas say', () =>
    expect(
      asked({ revision: { type: 'number', format: 'int64' }, share: { type: 'number', format: 'double' } }),
    ).toEqual(['optional int64 revision', 'optional double share']));

  it('are texts where they may be one of several scalars, and any value where they may be more', () =>
    expect(
      asked({
        property: { oneOf: [text, { type: 'number' }, { type: 'null' }] },
        value: { oneOf: [text, { type: 'array', items: text }] },
        data: { type: 'object', additionalProperties: true },
      }),
    ).toEqual([
      'optional string property',
      'optional google.protobuf.Value value',
      'optional google.protobuf.Struct data',
    ]));

  it('that null takes away are a message around a text', () => {
    const nullable: Schema = { type: ['string', 'null'] };
    const document = documentOf({ name: nullable, notes: { type: 'object', additionalProperties: nullable } });
    expect(fieldsOf(document, 'MakeThingRequest')).toEqual([
      'optional NullableText name',
      'map<string, MetadataText> notes',
    ]);
    expect(fieldsOf(document, 'Thing')).toEqual(['optional string name', 'map<string, string> notes']);
    expect(fieldsOf(document, 'NullableText')).toEqual(['optional string text']);
    expect(jsonForms(protocolOf(document, {}))).toEqual({ Thing: { notes: 'without nulls' } });
  });

  it('that JSON wants said are known where Protobuf has no word for them', () => {
    const box: Schema = { type: 'object', properties: { size: text } };
    const properties = {
      end: { type: ['string', 'null'] },
      parts: { type: 'array', items: text },
      tiers: { type: 'array', items: text, minItems: 1 },
      notes: { type: 'object', additionalProperties: text },
      box: { anyOf: [referTo('BoxDto'), { type: 'null' }] },
    };
    const required = ['end', 'parts', 'tiers', 'notes'];
    expect(jsonForms(protocolOf(documentOf(properties, { required, schemas: { BoxDto: box } }), {}))).toEqual({
      MakeThingRequest: { end: 'null', parts: 'list', notes: 'map', box: 'null if empty' },
    });
  });

  it('of a choice are those of all that may be chosen, also where less may be chosen elsewhere', () => {
    const price = (model: string, more: Record<string, Schema>): Schema => ({
      type: 'object',
      properties: { model: { type: 'string', enum: [model] }, ...more },
      required: ['model', ...Object.keys(more)],
    });
    const schemas = {
      FlatPriceDto: price('flat', { amount: text }),
      CommittedPriceDto: price('committed', { overage: { oneOf: [referTo('FlatPriceDto')] } }),
    };
    const among = { oneOf: [referTo('FlatPriceDto'), referTo('CommittedPriceDto')] };
    const document = documentOf({ price: among }, { schemas });
    expect(fieldsOf(document, 'Price')).toEqual([
      'string model',
      'optional string amount',
      'optional FlatPrice overage',
    ]);
    const messages = protocolOf(document, {}).messages;
    expect(messages.find(({ name }) => name === 'Price')!.fields[0]!.comment).toBe('One of: flat, committed.');
  });

  it('are never those of two things that happen to have one name', () => {
    const schemas = {
      WindowDto: { type: 'object', properties: { days: { type: 'number' } } },
      WindowResource: { type: 'object', properties: { start: text } },
    };
    const document = documentOf({ asked: referTo('WindowDto'), found: referTo('WindowResource') }, { schemas });
    expect(() => protocolOf(document, {})).toThrow('Two schemas would be the message “Window”');
    expect(protocolOf(document, { WindowDto: 'Bounds' }).messages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Bounds', 'Window']),
    );
  });
});

describe('the request of an operation', () => {
  it('has the bounds of one field in a message', () => {
    const bound = (name: string) => ({ name, in: 'query', schema: text });
    const [path] = Object.values(documentOf({}).paths);
    const document = {
      ...documentOf({}),
      paths: { '/v1/things': { get: { ...path!['post']!, parameters: [bound('madeAt[gte]'), bound('madeAt[lt]')] } } },
    };
    expect(fieldsOf(document, 'MakeThingRequest')).toEqual(['optional MadeAtRange madeAt']);
    expect(fieldsOf(document, 'MadeAtRange')).toEqual(['optional string gte', 'optional string lt']);
  });
});
