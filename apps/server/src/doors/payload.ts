import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { parseJsonBody } from '../pipeline/json-body.js';
import { invalidRequest } from '../pipeline/validation.js';
import type { Payload } from './http-form.js';

/** Reads JSON as strictly as the REST door reads a body. @throws DomainError `invalid_request` */
export const payloadIn = async (fastify: FastifyInstance, text: Uint8Array): Promise<Payload> => {
  const parse = promisify(parseJsonBody(fastify.getDefaultJsonParser('error', 'error')));
  // The parser looks at the text alone.
  const value = await parse({}, Buffer.from(text));
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest([{ pointer: '', code: 'invalid_object', message: 'The body is a JSON object.' }]);
  }
  return value as Payload;
};
