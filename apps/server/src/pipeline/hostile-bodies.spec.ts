import { promisify } from 'node:util';
import { DomainError } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import Fastify, { type FastifyRequest } from 'fastify';
import { declaredRoutes } from '../rest/declared-routes.js';
import { foundRows } from '../rest/usage/usage-intake.js';
import { isUnreadable, readRow } from '../rest/usage/reading-inputs.js';
import { fieldsOf } from './declared-fields.js';
import type { DeclaredRoute } from './declared-route.js';
import { BODY_BYTES_MAX, jsonLine, parseJsonBody } from './json-body.js';
import { MEMBERS_MAX, ROWS_VALUES_MAX, VALUES_MAX } from './json-bounds.js';
import { declaredParameters } from './parameters.js';
import { RequestPipe } from './validation.js';

/** What is promised of a request's CPU time is a quarter of it; a machine may be slow. */
const BUDGET_MILLISECONDS = 1_000;

/** Enough for whoever sent it, and for those who keep it. */
const TOLD_BYTES_MAX = 64 * 1024;

const parse = promisify(parseJsonBody(Fastify().getDefaultJsonParser('error', 'error')));
const pipe = new RequestPipe();

const bodyOf = ({ controller, name }: DeclaredRoute): Type | undefined =>
  declaredParameters(controller, name).find(({ source }) => source === RouteParamtypes.BODY)?.type;

/** Each class of bodies once, by an operation that takes it. */
const bodies = [
  ...new Map(
    declaredRoutes().flatMap((route) => {
      const body = bodyOf(route);
      return body === undefined || body === Object ? [] : [[body, route.operation!.name] as const];
    }),
  ),
];

interface Told {
  readonly codes: readonly string[];
  readonly bytes: number;
  readonly cpuMilliseconds: number;
}

const timed = async (work: () => Promise<unknown>): Promise<Told> => {
  const before = process.cpuUsage();
  const told = await work().then(
    () => ({ codes: [], bytes: 0 }),
    (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      return { codes: error.violations.map(({ code }) => code), bytes: JSON.stringify(error.violations).length };
    },
  );
  const { user, system } = process.cpuUsage(before);
  return { ...told, cpuMilliseconds: (user + system) / 1_000 };
};

const parsed = (operation: string, text: string): Promise<unknown> =>
  parse({ routeOptions: { config: { operation } } } as unknown as FastifyRequest, Buffer.from(text));

const sent = (operation: string, metatype: Type, text: string): Promise<Told> =>
  timed(async () => pipe.transform(await parsed(operation, text), { type: 'body', metatype }));

const list = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join();
const object = (count: number, value = '1'): string => `{${list(count, (index) => `"field-${index}":${value}`)}}`;
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** What would keep a server busy for minutes if nobody counted, and what is told of it. */
const TOO_LARGE: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'an object of members': [object(100_000), 'too_many_members'],
  'objects of members': [`[${list(1_000, () => object(MEMBERS_MAX))}]`, 'too_many_values'],
  'a list of numbers': [`{"charges":[${list(1_000_000, () => '1')}]}`, 'too_many_values'],
  'a list of objects': [`{"charges":[${list(1_000_000, () => '{}')}]}`, 'too_many_values'],
  'a name of millions of characters': [`{"${'x'.repeat(3_000_000)}" :1}`, 'name_too_long'],
  'a well of lists': ['['.repeat(BODY_BYTES_MAX), 'too_deep'],
  'a well of objects': [nested(65), 'too_deep'],
};

/** What is within the bounds has to be read in time, too. */
const LARGE: Readonly<Record<string, string>> = {
  'numbers that no double holds': `{"charges":[${list(VALUES_MAX - 10, () => '1e-300')}]}`,
  'a number of millions of digits': `{"amount":${'9'.repeat(3_000_000)}}`,
  'a number of millions of zeros': `{"amount":1.${'0'.repeat(3_000_000)}1}`,
  'texts of millions of characters': `{"name":"${'x'.repeat(1_000_000)}","amount":"${'9'.repeat(1_000_000)}"}`,
  escapes: `{"name":"${'\\u0041'.repeat(600_000)}"}`,
  depth: nested(63),
};

describe('a hostile body', () => {
  it.each(Object.entries(TOO_LARGE))('is told at once that it is too large: %s', async (_, [text, code]) => {
    const { codes, cpuMilliseconds } = await timed(() => parsed('CreatePlan', text));
    expect(codes).toEqual([code]);
    expect(cpuMilliseconds).toBeLessThan(BUDGET_MILLISECONDS);
  });

  it.each(Object.entries(LARGE))('is refused within its budget, in few words: %s', async (_, text) => {
    const [metatype] = bodies.find(([, operation]) => operation === 'CreatePlan')!;
    const { codes, bytes, cpuMilliseconds } = await sent('CreatePlan', metatype, text);
    expect(codes.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(TOLD_BYTES_MAX);
    expect(cpuMilliseconds).toBeLessThan(2 * BUDGET_MILLISECONDS);
  });

  /** Every field is a list of what it cannot hold. */
  it.each(bodies)('is refused within its budget by each operation: %p', async (metatype, operation) => {
    const fields = fieldsOf(metatype);
    const items = Math.floor(VALUES_MAX / 3 / (fields.length + 1));
    for (const item of ['{}', '1', '{"match":{}}']) {
      const lists = fields.map((field) => `"${field}":[${list(item.length > 2 ? items / 3 : items, () => item)}]`);
      const text = `{${[`"unknown":${object(MEMBERS_MAX, item)}`, ...lists].join()}}`;
      const { codes, bytes, cpuMilliseconds } = await sent(operation, metatype, text);
      expect(codes).not.toEqual([]);
      expect(codes).not.toContain('too_many_values');
      expect(bytes).toBeLessThan(TOLD_BYTES_MAX);
      expect(cpuMilliseconds).toBeLessThan(BUDGET_MILLISECONDS);
    }
  });
});

describe('what is right', () => {
  const plan = (cells: number): string =>
    JSON.stringify({
      key: 'large',
      name: 'Large',
      currency: 'USD',
      interval: { unit: 'month', count: 1 },
      charges: Array.from({ length: 200 }, (_, charge) => ({
        key: `charge-${charge}`,
        name: 'Tokens',
        kind: 'usage',
        timing: 'in_arrears',
        meter: 'tokens',
        proration: 'none',
        price: {
          model: 'matrix',
          dimensions: ['model'],
          cells: Array.from({ length: cells }, (_cell, index) => ({
            match: { model: `model-${index}` },
            unitAmount: '0.000001',
          })),
        },
      })),
    });

  it('is taken up to the limit within its budget', async () => {
    const [metatype] = bodies.find(([, operation]) => operation === 'CreatePlan')!;
    // The first one pays for what is compiled on the way.
    await sent('CreatePlan', metatype, plan(1));
    const { codes, cpuMilliseconds } = await sent('CreatePlan', metatype, plan(20));
    expect(codes).toEqual([]);
    expect(cpuMilliseconds).toBeLessThan(BUDGET_MILLISECONDS);
    expect((await sent('CreatePlan', metatype, plan(25))).codes).toEqual(['too_many_values']);
  });

  it('of usage, on a line of its own, has a thousand values', () => {
    const line = (count: number) => jsonLine(Buffer.from(`[${list(count, () => '1')}]`)).violation?.code;
    expect([line(900), line(1_100)]).toEqual([undefined, 'too_many_values']);
  });

  it('of usage is a thousand readings with a hundred properties, whether they are right or wrong', async () => {
    const events = (value: string, count = 100): string =>
      `{"events":[${list(
        1_000,
        (index) => `{"id":"r${index}","event":"e","accountId":"external:a","properties":${object(count, value)}}`,
      )}]}`;
    for (const [text, isRight] of [
      [events('1'), true],
      [events('{}', 70), false],
      [events('[]', 35), false],
      [events('1', 130), false],
    ] as const) {
      let told = '';
      const { codes, cpuMilliseconds } = await timed(async () => {
        const rows = foundRows(await parsed('RecordUsage', text)).map(readRow);
        told = JSON.stringify(rows.flatMap((row) => (isUnreadable(row) ? row.violations : [])));
      });
      if (codes.length > 0) expect(codes).toEqual(['too_many_values']);
      else expect(told === '[]').toBe(isRight);
      expect(told.length).toBeLessThan(BODY_BYTES_MAX);
      expect(cpuMilliseconds).toBeLessThan(2 * BUDGET_MILLISECONDS);
    }
    const more = `{"events":[${list(ROWS_VALUES_MAX, () => '1')}]}`;
    expect((await timed(() => parsed('RecordUsage', more))).codes).toEqual(['too_many_values']);
  });
});
