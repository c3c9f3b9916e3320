import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PUBLIC_EVENTS, publicEventOf, publicEventShape, type PublicEvent, type PublicEventType } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { eventsOf, type RecordedEvent } from './history.js';

const HISTORIES = fileURLToPath(new URL('histories', import.meta.url));
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** The documented shape with every object closed: published ones are open, so that fields can be added. */
const closed = (shape: unknown): unknown => {
  if (Array.isArray(shape)) return shape.map(closed);
  if (typeof shape !== 'object' || shape === null) return shape;
  const parts = Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, closed(part)]));
  return 'properties' in shape ? { ...parts, additionalProperties: false } : parts;
};

const shapes = new Map(
  [...PUBLIC_EVENTS].map(([type, kind]) => [type, ajv.compile(closed(publicEventShape(kind)) as AnySchemaObject)]),
);

const recorded = readdirSync(HISTORIES).flatMap((version) => eventsOf(join(HISTORIES, version)));
const told = recorded.flatMap((event): [RecordedEvent, PublicEvent][] => {
  const found = publicEventOf({ ...event, position: 1n });
  return found ? [[event, found]] : [];
});

/** Texts that must not leave: what is sealed, what somebody wrote, and hashes of secrets. */
const secretsIn = ({ data }: RecordedEvent): string[] => {
  const found: string[] = [];
  const look = (part: unknown): void => {
    for (const [key, member] of Object.entries(part ?? {})) {
      if (['ciphertext', 'iv', 'keyId', 'reason', 'reference', 'hash', 'externalIdHash', 'detail'].includes(key)) {
        if (typeof member === 'string') found.push(member);
      } else if (typeof member === 'object') look(member);
    }
  };
  look(data);
  return found;
};

describe('the public events of all that was ever stored', () => {
  it('have their documented shapes, and not a field more', () => {
    const wrong = told.flatMap(([, event]) => {
      const fits = shapes.get(event.type)!;
      return fits(event) ? [] : [`${event.type}: ${ajv.errorsText(fits.errors)}`];
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('are of every kind that is documented', () => {
    const missing = new Set<PublicEventType>(PUBLIC_EVENTS.keys());
    for (const [, { type }] of told) missing.delete(type);
    expect([...missing]).toEqual([]);
  });

  it('say nothing that is sealed, secret or written by hand', () => {
    const secrets = told.flatMap(([event, { data }]) => {
      const text = JSON.stringify(data);
      return secretsIn(event).filter((secret) => text.includes(JSON.stringify(secret)));
    });
    expect(secrets).toEqual([]);
    expect(told.flatMap(([event]) => secretsIn(event)).length).toBeGreaterThan(0);
  });
});
