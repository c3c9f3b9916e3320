import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { arrayText, innerArrayText } from './array-text.js';

const text = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    'NULL',
    'Null',
    '{}',
    '"',
    '\\',
    '\\"',
    ',',
    ' a ',
    'a,b',
    "'",
    '\n',
    'é',
    '1',
    'acc_01j9',
    '2026-01-01T00:00:00.5Z',
  ),
  fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed() && !one.includes('\0')),
);

describe('a list as PostgreSQL reads it', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  const read = async <Value>(type: string, list: string): Promise<Value> => {
    const { rows } = await database.projector.query<{ value: Value }>(`SELECT $1::${type} AS value`, [list]);
    return rows[0]!.value;
  };

  it('has the texts that were put in, whatever stands in them', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async (texts) => {
        expect(await read('text[]', arrayText(texts))).toEqual(texts);
      }),
      { numRuns: 200 },
    ));

  it('has lists of texts, each as a text', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.option(text)), { minLength: 1 }), async (lists) => {
        const list = arrayText(lists, innerArrayText);
        const { rows } = await database.projector.query<{ value: unknown }>(
          'SELECT v::text[] AS value FROM unnest($1::text[]) AS v',
          [list],
        );
        expect(rows.map(({ value }) => value)).toEqual(lists);
      }),
      { numRuns: 100 },
    ));

  it('has numbers, truth values and nothing', async () => {
    expect(await read('integer[]', arrayText([1, -2, 2, 2, null]))).toEqual([1, -2, 2, 2, null]);
    expect(await read('boolean[]', arrayText([true, false]))).toEqual([true, false]);
    expect(await read('text', arrayText([-(2n ** 63n), 0n]))).toBe('{-9223372036854775808,0}');
    expect(await read('text[]', arrayText([]))).toEqual([]);
  });
});
