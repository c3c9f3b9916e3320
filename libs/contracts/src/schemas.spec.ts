import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import * as prices from './facts/price.js';
import * as discounts from './facts/discount-shapes.js';
import * as invoices from './facts/invoice-shapes.js';
import * as parties from './facts/party-shapes.js';
import * as shapes from './facts/shapes.js';
import * as taxes from './facts/tax-shapes.js';
import * as timelines from './facts/timeline-shapes.js';
import type { FactKind } from './facts/fact.js';
import { FACTS } from './facts/facts.js';
import { PARTS_FILE, partsFile, withSharedParts, type SchemaPart } from './shared-parts.js';

/**
 * The committed shapes of stored events. A shape that is released never changes: another one is a new version, with an
 * upcaster. To write them anew, run this spec with UPDATE_SCHEMAS=1 and look at the difference.
 */
const FOLDER = fileURLToPath(new URL('../schemas/', import.meta.url));
const UPDATE = process.env['UPDATE_SCHEMAS'] === '1';

/** `InstantText` → `Instant`. */
const wordOf = (name: string): string => name.replace(/(?:Shape|Text)$/u, '');

/** By their text, as parts of stored shapes are known to those who write them. */
const NAMED = new Map(
  Object.entries({ ...shapes, ...prices, ...timelines, ...discounts, ...invoices, ...parties, ...taxes }).flatMap(
    ([name, shape]) =>
      typeof shape === 'object' && ('type' in shape || 'anyOf' in shape)
        ? [[JSON.stringify(shape), wordOf(name)] as const]
        : [],
  ),
);

const schemaOf = async (type: string, { version, shape, effective, means }: FactKind): Promise<string> => {
  const when = effective === undefined ? 'recorded time' : effective;
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${type} v${version}`,
    description: means,
  };
  const schema = { ...head, $comment: `Counts in business as of: ${when}`, ...withSharedParts({ ...shape }, NAMED) };
  return written(schema);
};

const written = async (schema: SchemaPart): Promise<string> =>
  format(JSON.stringify(schema), { ...(await resolveConfig(FOLDER)), parser: 'json' });

const events = Object.entries<FactKind>(FACTS);
const fileOf = (type: string, version: number) => `${type}.v${version}.json`;

if (UPDATE) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${PARTS_FILE}`, await written(partsFile(NAMED)));
  for (const [type, event] of events)
    writeFileSync(`${FOLDER}${fileOf(type, event.version)}`, await schemaOf(type, event));
}

describe('the stored shape', () => {
  it.each(events)('of %s is the one that is committed', async (type, event) => {
    expect(await schemaOf(type, event)).toBe(readFileSync(`${FOLDER}${fileOf(type, event.version)}`, 'utf8'));
  });

  it.each(events)('of %s is whole where its shared parts are put in their places', (_, { shape }) => {
    const { $defs: own = {}, ...schema } = withSharedParts({ ...shape }, NAMED);
    const { $defs: shared } = partsFile(NAMED);
    const whole = (part: unknown, here: unknown): unknown => {
      if (Array.isArray(part)) return part.map((item) => whole(item, here));
      if (typeof part !== 'object' || part === null) return part;
      const { $ref: reference } = part as { readonly $ref?: string };
      if (reference === undefined)
        return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, whole(value, here)]));
      const [file, name] = reference.split('#/$defs/');
      const parts = file === PARTS_FILE ? shared : here;
      return whole((parts as Record<string, unknown>)[name!], parts);
    };
    expect(JSON.stringify(whole(schema, own))).toBe(JSON.stringify(shape));
  });

  it('has the parts that it shares with others in one file', async () => {
    expect(await written(partsFile(NAMED))).toBe(readFileSync(`${FOLDER}${PARTS_FILE}`, 'utf8'));
  });

  it('of every version is kept, and of nothing else', () => {
    const expected = events.flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, index) => fileOf(type, index + 1)),
    );
    expect(readdirSync(FOLDER).sort()).toEqual([...expected, PARTS_FILE].sort());
  });

  it.each(events)('of %s is closed in all its parts, and bounds its texts', (_, { shape }) => {
    const open: string[] = [];
    const look = (part: unknown, path: string): void => {
      if (typeof part !== 'object' || part === null) return;
      const { type, additionalProperties, maxLength, pattern, const: constant } = part as Record<string, unknown>;
      if (type === 'object' && additionalProperties !== false) open.push(`${path} takes more fields`);
      if (type === 'string' && maxLength === undefined && pattern === undefined && constant === undefined) {
        open.push(`${path} takes any text`);
      }
      for (const [key, member] of Object.entries(part)) look(member, `${path}/${key}`);
    };
    look(shape, '');
    expect(open).toEqual([]);
  });
});
