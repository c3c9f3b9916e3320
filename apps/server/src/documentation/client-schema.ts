import { readFileSync } from 'node:fs';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** The committed document as types of the client. */
export const clientSchema = async (document: string): Promise<string> => {
  const nodes = await openapiTypes(JSON.parse(readFileSync(document, 'utf8')) as OpenAPI3, {
    // What has a default may be left out.
    defaultNonNullable: false,
  });
  return `/** Generated from docs/openapi.json by \`npm run build\`. */\n${astToString(nodes)}`;
};
