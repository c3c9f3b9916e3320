import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clientSchema } from './client-schema.js';

/** Writes the types of the client from the committed document. */
const inProject = (path: string): string => fileURLToPath(new URL(`../../../../../${path}`, import.meta.url));
writeFileSync(inProject('libs/client/src/schema.ts'), await clientSchema(inProject('docs/openapi.json')));
