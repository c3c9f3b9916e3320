import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { moduleOf } from './modules.js';
import { Reach } from './reach.js';
import { sources } from './sources.js';

const file = (path: string, ...lines: string[]) => ({ path, text: lines.join('\n') });

const BARREL = file(
  'libs/rating/src/index.ts',
  `export * from './rate.js';`,
  `export { share as part } from './share.js';`,
);
const RATE = file(
  'libs/rating/src/rate.ts',
  `import { rounded } from './rounding.js';`,
  `export const rate = (price: Price) => rounded(price);`,
  `export const waiting = (price: number) => rate(price) + alone();`,
  `const alone = () => 1;`,
  `export interface Price {}`,
);
const ROUNDING = file('libs/rating/src/rounding.ts', `export const rounded = (price: number) => price;`);
const SHARE = file('libs/rating/src/share.ts', `export const share = { whole: 1 };`);

const reachedFrom = (...lines: string[]) =>
  [...new Reach([file('apps/server/src/main.ts', ...lines), BARREL, RATE, ROUNDING, SHARE]).ofProcesses()].filter(
    (declaration) => /^libs\/rating\/src\/(?!index).*#./u.test(declaration),
  );
const [rate, rounded] = ['libs/rating/src/rate.ts#rate', 'libs/rating/src/rounding.ts#rounded'];

describe('what processes reach', () => {
  it('goes through barrels, from declaration to declaration', () => {
    expect(reachedFrom(`import { rate } from '#rating';`, `rate(1);`).sort()).toEqual([rate, rounded]);
    expect(reachedFrom(`import { part } from '#rating';`, `console.log(part);`)).toEqual([
      'libs/rating/src/share.ts#share',
    ]);
  });

  it('is what code calls, not what it imports', () =>
    expect(reachedFrom(`import { rate } from '#rating';`, `console.log('rate');`)).toEqual([]));

  it('is no type, and nothing that is merely called the same', () =>
    expect(
      reachedFrom(
        `import { rate, type Price } from '#rating';`,
        `const own = (rate: Price) => rate;`,
        `export const of = { rate: (of: typeof rate) => { const rate = of; return own(rate); } };`,
      ),
    ).toEqual([]));

  it('goes on where a file is loaded as it is needed', () => {
    const main = file('apps/server/src/main.ts', `await import('./run.js');`);
    const run = file('apps/server/src/run.ts', `import { rate } from '#rating';`, `export const run = () => rate(1);`);
    expect(new Reach([main, run, BARREL, RATE, ROUNDING]).ofProcesses()).toContain(rounded);
  });

  it('is more than what another code comes to', () => {
    const reach = new Reach([file('apps/server/src/main.ts'), BARREL, RATE, ROUNDING]);
    const waiting = moduleOf(RATE).declared.get('waiting')!;
    expect([...reach.of(waiting, RATE.path)].sort()).toEqual(['libs/rating/src/rate.ts#alone', rate, rounded]);
  });

  it('has nothing of what waits to be called', () => {
    const reached = new Reach(sources().product).ofProcesses();
    const waiting = readFileSync(new URL('unreached.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    expect(reached).toContain('libs/billing/src/invoice/billed-difference.ts#lineFor');
    expect(waiting.filter((name) => reached.has(name))).toEqual([]);
  });
});
