import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

const DOCUMENT = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));

/** The committed document as types of the client. */
export const clientSchema = async (document = DOCUMENT): Promise<string> => {
  const nodes = await openapiTypes(JSON.parse(readFileSync(document, 'utf8')) as OpenAPI3, {
    // What has a default may be left out.
    defaultNonNullable: false,
  });
  return `/** Generated from docs/openapi.json by \`npm run docs\`. */\n${astToString(nodes)}`;
};
