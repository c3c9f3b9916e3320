import { randomUUID } from 'node:crypto';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { problemIn } from './api-problem.js';
import type { components, paths } from './schema.js';

/** A resource or body by its name in the document: `Resource<'InvoiceResource'>`. */
export type Resource<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Every operation by method and path, with the types of the document. */
export type RecountClient = Client<paths, Json>;

/** Lists are told as CSV, too, to whoever asks by other means. */
type Json = `${string}/${string}json`;

export interface RecountClientOptions {
  /** Where the API is, without `/v1`. */
  readonly baseUrl: string;
  /** An API key or a token. */
  readonly key: string;
}

/** The API as it is documented. Commands get an `Idempotency-Key` where the caller names none. */
export const createRecountClient = ({ baseUrl, key }: RecountClientOptions): RecountClient => {
  const client = createClient<paths, Json>({
    baseUrl,
    headers: { authorization: `Bearer ${key}` },
    querySerializer: { array: { style: 'form', explode: false } },
  });
  client.use(idempotent);
  return client;
};

const idempotent: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', randomUUID());
    return request;
  },
};

interface Asked<Answer> {
  readonly data?: Answer;
  readonly error?: unknown;
  readonly response: Response;
}

/** What a request that has to work answers. @throws ApiProblem */
export const answerOf = async <Answer>(asking: Promise<Asked<Answer>>): Promise<NonNullable<Answer>> => {
  const { data, error, response } = await asking;
  if (data === undefined || data === null) throw problemIn(response, error);
  return data;
};
