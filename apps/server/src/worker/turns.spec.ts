import { setImmediate } from 'node:timers/promises';
import type { TenantId } from '#kernel';
import { anId } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const [LARGE, SMALL] = [anId('tnt', 1), anId('tnt', 2)] as [TenantId, TenantId];

describe('turns of tenants', () => {
  it('let one with little to do pass many pieces of another', async () => {
    const turns = new Turns(1);
    const done: TenantId[] = [];
    const piece = (tenantId: TenantId) =>
      turns.take(tenantId, async () => {
        await setImmediate();
        done.push(tenantId);
      });
    const large = Array.from({ length: 50 }, () => piece(LARGE));
    await Promise.all([...large, piece(SMALL)]);
    expect(done.indexOf(SMALL)).toBeLessThan(3);
    expect(done).toHaveLength(51);
  });

  it('go on after a piece that failed', async () => {
    const turns = new Turns(1);
    const failed = turns.take(LARGE, () => Promise.reject(new Error('No.')));
    await expect(failed).rejects.toThrow('No.');
    expect(await turns.take(LARGE, () => Promise.resolve(1))).toBe(1);
  });
});
