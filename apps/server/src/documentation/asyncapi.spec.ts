import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FACTS, PUBLIC_EVENTS, type FactKind } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type AnySchemaObject } from 'ajv';

interface Document {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly messages: object }>>;
  readonly operations: object;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly examples: readonly { readonly payload: unknown }[] }>>;
    readonly schemas: Readonly<Record<string, AnySchemaObject>>;
  };
}

const readDocument = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url)), 'utf8');

const document = JSON.parse(readDocument('asyncapi.json')) as Document;
const specification = createRequire(import.meta.url)(
  '@asyncapi/specs/schemas/3.0.0-without-$id.json',
) as AnySchemaObject;
const ajv = new Ajv({ strict: false, validateFormats: false });
const isAsyncApi = ajv.compile(specification);

describe('the committed AsyncAPI document', () => {
  it('is one, by the schema of its version', () => {
    expect([isAsyncApi(document), isAsyncApi.errors]).toEqual([true, null]);
    expect(isAsyncApi({ ...document, operations: { listen: { action: 'hear' } } })).toBe(false);
  });

  it('is what the application generates now: otherwise, npm run docs', async () => {
    const { asyncApi } = await import('./asyncapi.js');
    expect(document).toEqual(JSON.parse(JSON.stringify(asyncApi())));
  });

  it('refers to nothing that is not there', () => {
    const missing = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].filter(
      ([, path]) =>
        path!.split('/').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], document) ===
        undefined,
    );
    expect(missing).toEqual([]);
  });

  it.each([...PUBLIC_EVENTS.keys()])('tells where %s comes, and shows one that has its shape', (type) => {
    expect(document.channels[type]!.address).toBe(`recount.events.{tenantId}.${type}`);
    expect(document.channels['server-sent-events']!.messages).toHaveProperty([type]);
    const isEvent = ajv.compile({ ...document.components.schemas[type]!, components: document.components });
    const [example] = document.components.messages[type]!.examples;
    expect([isEvent(example!.payload), isEvent.errors]).toEqual([true, null]);
    expect(isEvent({ ...(example!.payload as object), type: 'other' })).toBe(false);
  });
});

describe('the committed catalogues', () => {
  it('tell every stored event, and what becomes of it outside', () => {
    const [stored, told] = [readDocument('stored-events.md'), readDocument('events.md')];
    for (const [type, { told: outside }] of Object.entries<FactKind>(FACTS)) {
      expect(stored).toContain(`\`${type}\``);
      expect(told).toContain('withheld' in outside ? `\`${type}\`` : `\`${outside.type}\``);
    }
  });
});
