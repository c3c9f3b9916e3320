import { describe, expect, it } from '@jest/globals';
import { sources, type SourceFile } from '../house/sources.js';

/** What an index gives away without a name for it. */
const unnamed = ({ text }: SourceFile): string[] => text.match(/^export (?:type )?\*.*$/gmu) ?? [];

const surfaces = sources().product.filter(({ path }) => /^libs\/billing\/src\/(?:[^/]+\/)?index\.ts$/u.test(path));

describe('the surface of billing', () => {
  it('is one of each noun', () => expect(surfaces.length).toBeGreaterThan(15));

  it.each(surfaces)('names everything that $path offers', (surface) => expect(unnamed(surface)).toEqual([]));

  it.each(["export * from './planted.js';", "export type * from './planted.js';"])(
    'would not be silent about %s',
    (line) => expect(unnamed({ ...surfaces[0]!, text: `${surfaces[0]!.text}${line}\n` })).toEqual([line]),
  );
});
