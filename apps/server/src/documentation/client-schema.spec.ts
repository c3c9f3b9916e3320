import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { clientSchema } from './client-schema.js';

const COMMITTED = fileURLToPath(new URL('../../../../libs/client/src/schema.ts', import.meta.url));

describe('the committed types of the client', () => {
  it('are what the document says: otherwise, npm run docs', async () => {
    expect(readFileSync(COMMITTED, 'utf8')).toBe(await clientSchema());
  });
});
