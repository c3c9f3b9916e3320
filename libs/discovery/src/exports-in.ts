import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Sources where they are run as they stand, and what they were built into; neither their specs nor their types. */
const CODE = /(?<!\.d|\.spec|\.contract)\.[jt]s$/u;

/**
 * All that the modules of a folder export, at any depth, in the order of their paths: so a list of them is the folder itself, and
 * what stands there cannot be forgotten.
 * @param paths which files, by their paths from the folder, with `/` and without the ending
 */
export const exportsIn = async (folder: string, paths: RegExp): Promise<unknown[]> => {
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => CODE.test(file) && paths.test(file.replaceAll(sep, '/').replace(CODE, '')),
  );
  const found: unknown[] = [];
  // One after the other: what they do as they are loaded comes in the same order each time.
  for (const file of files.sort())
    found.push(...Object.values((await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>));
  return found;
};
