import { filesOfCommand, filesOfField, lists } from './changes.js';
import { cycles } from './cycles.js';
import { fileSizes, functionSizes, type Sizes } from './sizes.js';
import { linesOf, sources, type SourceFile } from './sources.js';
import { unreachedExports } from './unreached.js';

/** What the sources say of their own plan. */
export interface House {
  readonly filesOfField: readonly string[];
  readonly filesOfCommand: readonly string[];
  readonly lists: readonly string[];
  readonly unreached: readonly string[];
  /** Of all lines, those that a program wrote. */
  readonly generatedPercent: number;
  readonly files: Sizes;
  readonly functions: Sizes;
  readonly cycles: readonly (readonly string[])[];
}

const PERCENT = 100;
const lines = (files: readonly SourceFile[]): number => files.reduce((sum, file) => sum + linesOf(file), 0);

export const house = async (): Promise<House> => {
  const { all, generated, product } = sources();
  return {
    filesOfField: filesOfField(),
    filesOfCommand: filesOfCommand(product),
    lists: lists(product),
    unreached: await unreachedExports(),
    generatedPercent: Math.round((lines(generated) * 10 * PERCENT) / lines(all)) / 10,
    files: fileSizes(product),
    functions: functionSizes(product),
    cycles: await cycles(),
  };
};
