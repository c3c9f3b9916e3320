import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ApiDocument } from './documented-operations.js';
import type { Released } from './field-numbers.js';

const PROJECT = dirname(createRequire(import.meta.url).resolve('recount/package.json'));
const PROTO = join(PROJECT, 'libs/contracts/proto/recount/v1');

export const NUMBERS = join(PROTO, 'field-numbers.json');
export const PROTO_FILE = join(PROTO, 'billing.proto');
export const FORMS_FILE = join(PROTO, 'json-forms.json');

export const documentedApi = (): ApiDocument =>
  JSON.parse(readFileSync(join(PROJECT, 'docs/openapi.json'), 'utf8')) as ApiDocument;

export const released = (): Released => JSON.parse(readFileSync(NUMBERS, 'utf8')) as Released;
