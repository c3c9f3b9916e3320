import { describe, expect, it } from '@jest/globals';
import { sources, type SourceFile } from '../house/sources.js';

/** What an index gives away without a name for it. */
const unnamed = ({ text }: SourceFile): string[] => text.match(/^export (?:type )?\*.*$/gmu) ?? [];

describe('the surface of billing', () => {
  const index = sources().product.find(({ path }) => path === 'libs/billing/src/index.ts')!;

  it('names everything that it offers', () => expect(unnamed(index)).toEqual([]));

  it.each(["export * from './domain/planted.js';", "export type * from './domain/planted.js';"])(
    'would not be silent about %s',
    (line) => expect(unnamed({ ...index, text: `${index.text}${line}\n` })).toEqual([line]),
  );
});
