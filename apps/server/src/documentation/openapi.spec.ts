import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { exampleOf, type Schema, type Schemas } from './examples.js';
import { generatedDocument } from './generated-document.js';

const COMMITTED = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
}

interface Documented {
  readonly name: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters: readonly { readonly $ref?: string; readonly in?: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, Response>>;
}

const document = JSON.parse(readFileSync(COMMITTED, 'utf8')) as {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Documented, 'name'>>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
const schemas = document.components['schemas'] as Schemas;

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]): [string, Documented] => {
    const name = `${method.toUpperCase()} ${path}`;
    return [name, { ...operation, name }];
  }),
);

/** Says something of its fields, directly or by what it refers to. */
const isTelling = (schema: Schema): boolean => {
  if (schema.$ref !== undefined) return isTelling(schemas[schema.$ref.split('/').at(-1)!]!);
  if (schema.allOf) return schema.allOf.every(isTelling);
  if (schema.items) return isTelling(schema.items);
  return Object.keys(schema.properties ?? {}).length > 0;
};

describe('the committed OpenAPI document', () => {
  let generated: unknown;

  beforeAll(async () => {
    generated = JSON.parse(JSON.stringify(await generatedDocument()));
  });

  it('is what the application generates now: otherwise, npm run docs', () => {
    expect(document).toEqual(generated);
  });

  it.each([
    ['POST /v1/invoices/{id}/finalize', 'tax_rate_missing'],
    ['GET /v1/accounts/{id}/upcoming-invoice', 'tax_rate_missing'],
    ['POST /v1/accounts/{id}/invoice-items', 'tax_rate_missing'],
    ['POST /v1/subscriptions/{id}/cancel', 'tax_rate_missing'],
    ['POST /v1/legal-entities', 'invalid_tax_id'],
  ])('says of %s that it is refused by %s', (name, code) => {
    const response = operations.find(([operation]) => operation === name)![1].responses['422']!;
    const told = document.components['responses']![response.$ref?.split('/').at(-1) ?? ''] ?? response;
    expect(JSON.stringify(told)).toContain(code);
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    const missing = references.filter(([, kind, name]) => document.components[kind!]?.[name!] === undefined);
    expect(missing.map(([reference]) => reference)).toEqual([]);
  });

  it.each(Object.entries(schemas))('says which fields %s has', (_, schema) => {
    expect(isTelling(schema)).toBe(true);
  });

  it('uses the words of its version: what may be null is one of two types', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });

  describe.each(operations)('%s', (_, { summary, tags, parameters, requestBody, responses }) => {
    const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));

    it('says in one sentence what it is for, and where it belongs', () => {
      expect(summary).toMatch(/^[A-Z].+\.$/);
      expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining([...tags!]));
      expect(tags).toHaveLength(1);
    });

    it('shows its answer, with examples in its parts', () => {
      expect(answers).toHaveLength(1);
      const { schema } = Object.values(answers[0]![1].content!)[0]!;
      expect(isTelling(schema)).toBe(true);
      expect(exampleOf(schema, schemas)).toBeDefined();
    });

    it('shows an example of its request', () => {
      for (const { example } of Object.values(requestBody?.content ?? {})) expect(example).toBeDefined();
      for (const { in: place, schema } of parameters) {
        if (place === 'path') expect(schema?.example).toBeDefined();
      }
    });

    it('says how it refuses', () => {
      expect(responses).toHaveProperty('400');
      if (parameters.some(({ in: place }) => place === 'path')) expect(responses).toHaveProperty('404');
    });
  });
});
