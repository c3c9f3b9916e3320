import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from './events/stored-event.js';
import { STORED_EVENTS } from './stored-events.js';

/**
 * The committed shapes of stored events. A shape that is released never changes: another one is a new version, with an
 * upcaster. To write them anew, run this spec with UPDATE_SCHEMAS=1 and look at the difference.
 */
const FOLDER = fileURLToPath(new URL('../schemas/', import.meta.url));
const UPDATE = process.env['UPDATE_SCHEMAS'] === '1';

const schemaOf = (type: string, { version, shape, effective, description }: StoredEvent): string => {
  const when = effective === undefined ? 'recorded time' : effective;
  const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${type} v${version}`, description };
  return `${JSON.stringify({ ...head, $comment: `Counts in business as of: ${when}`, ...shape }, null, 2)}\n`;
};

const events = Object.entries<StoredEvent>(STORED_EVENTS);
const fileOf = (type: string, version: number) => `${type}.v${version}.json`;

if (UPDATE) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [type, event] of events) writeFileSync(`${FOLDER}${fileOf(type, event.version)}`, schemaOf(type, event));
}

describe('the stored shape', () => {
  it.each(events)('of %s is the one that is committed', (type, event) => {
    expect(schemaOf(type, event)).toBe(readFileSync(`${FOLDER}${fileOf(type, event.version)}`, 'utf8'));
  });

  it('of every version is kept, and of nothing else', () => {
    const expected = events.flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, index) => fileOf(type, index + 1)),
    );
    expect(readdirSync(FOLDER).sort()).toEqual(expected.sort());
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
