import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LIBS = fileURLToPath(new URL('../../../../libs/', import.meta.url));
/** Whatever has a part in folding a stream, or in writing down what came of it. */
const FOLDING = ['billing', 'contracts', 'kernel', 'ledger', 'rating', 'write-path'];
const CODE = /(?<!\.spec)\.[jt]s$/u;

let known: string | undefined;

/**
 * One hash over all code that folds streams, as this process runs it: whoever changes a line of it gets another one, and nobody has to
 * think of a version.
 */
export const foldingCode = (): string => (known ??= hashOf(FOLDING));

const hashOf = (libs: readonly string[]): string => {
  const hash = createHash('sha256').update(`${process.version} ${process.versions.v8}`);
  for (const lib of libs) {
    const folder = `${LIBS}${lib}/src`;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => CODE.test(file));
    for (const file of files.sort()) hash.update(`\n${lib}/${file}\n`).update(readFileSync(`${folder}/${file}`));
  }
  return hash.digest('base64url');
};
