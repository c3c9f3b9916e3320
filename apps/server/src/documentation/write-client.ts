import { statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Writes the types of the client from the committed document, with every build after which that is another one. */
const inProject = (path: string): string => fileURLToPath(new URL(`../../../../../${path}`, import.meta.url));
const [document, types] = [inProject('docs/openapi.json'), inProject('libs/client/src/schema.ts')];
const writtenAt = statSync(types, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (writtenAt < statSync(document).mtimeMs) {
  const { clientSchema } = await import('./client-schema.js');
  writeFileSync(types, await clientSchema(document));
}
