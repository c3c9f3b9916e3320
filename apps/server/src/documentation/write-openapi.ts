import 'reflect-metadata';
import { generatedDocument } from './generated-document.js';
import { writeDocument } from './written-document.js';

/** Writes the committed document. */
await writeDocument('openapi.json', JSON.stringify(await generatedDocument()));
