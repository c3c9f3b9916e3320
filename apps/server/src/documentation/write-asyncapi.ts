import { asyncApi } from './asyncapi.js';
import { writeDocument } from './written-document.js';

/** Writes the committed document. */
await writeDocument('asyncapi.json', JSON.stringify(asyncApi()));
