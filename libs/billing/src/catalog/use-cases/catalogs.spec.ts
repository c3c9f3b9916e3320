import { catalogStream } from '#contracts';
import { refuse } from '#kernel';
import { aMeter, anEnvelope, FixedClock, InMemoryEventLog, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { Catalog } from '../catalog.decider.js';
import { Catalogs } from './catalogs.js';

describe('a decision on the catalog', () => {
  const log = new InMemoryEventLog();
  const clock = new FixedClock();
  const meter = (key: string, catalogs: Catalogs) =>
    catalogs.execute(
      catalogStream(TENANT),
      anEnvelope(key.length),
      { type: 'DefineMeter', meter: aMeter({ key }) },
      () => null,
    );
  const needing = (key: string, tries: string[]) => (catalog: Catalog) => {
    tries.push(key);
    return catalog.meters.has(key) ? Promise.resolve(key) : Promise.reject(notThere(key));
  };
  const notThere = (key: string): Error => {
    try {
      return refuse('meter_not_found', `There is no ${key}.`);
    } catch (error) {
      return error as Error;
    }
  };

  it('rests on what was known a second ago, unless that refuses what another process has added since', async () => {
    const [here, elsewhere] = [new Catalogs(log, clock), new Catalogs(log, clock)];
    const tries: string[] = [];
    await meter('first', elsewhere);
    expect(await here.deciding(TENANT, needing('first', tries))).toBe('first');
    await meter('second', elsewhere);
    expect(await here.deciding(TENANT, needing('first', tries))).toBe('first');
    expect(tries).toEqual(['first', 'first']);
    expect(await here.deciding(TENANT, needing('second', tries))).toBe('second');
    expect(tries).toEqual(['first', 'first', 'second', 'second']);
    await expect(here.deciding(TENANT, needing('third', tries))).rejects.toMatchObject({ code: 'meter_not_found' });
    expect(tries.filter((key) => key === 'third')).toHaveLength(1);
  });
});
