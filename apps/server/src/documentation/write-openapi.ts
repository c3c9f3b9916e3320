import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { generatedDocument } from './generated-document.js';

/** Writes the committed document. */
const file = fileURLToPath(new URL('../../../../../docs/openapi.json', import.meta.url));
const text = JSON.stringify(await generatedDocument());
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
