import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A real case: inputs and the numbers that must come out. One kind has one shape of input and of expected. */
export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly expected: unknown;
}

interface VectorFile {
  readonly cases: readonly Vector[];
}

/** The cases of all JSON files of a directory; none where there is no such directory. */
export const readVectors = (directory: string): Vector[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .flatMap((name) => (JSON.parse(readFileSync(join(directory, name), 'utf8')) as VectorFile).cases)
    : [];
