import { CSV, isTabular } from '../pipeline/csv/media-types.js';
import type { DocumentedAnswer } from '../pipeline/documented.js';
import { exampleOf, referenceTo, type Schema, type Schemas } from './examples.js';
import type { Operation } from './operations.js';

const ETAG = {
  description: 'Revision of the stream that the answer is true of: hand it back as `If-Match`.',
  schema: { type: 'string', example: '"7"' },
};
const REPLAYED = {
  description: 'This is the first answer to the same request, come again.',
  schema: { type: 'string', enum: ['true'] },
};
const POSITION = {
  description: 'How much of the log the answer knows; absent where `asOf` was asked for.',
  schema: { type: 'string', example: '4711' },
};
const REQUEST_ID = {
  description: 'The `X-Request-Id` of the request, or one of its own.',
  schema: { type: 'string', example: '0198c6f0-6f0e-7a54-9d5e-3c1f6a3b2d10' },
};

const RATE_LIMITS = {
  'RateLimit-Limit': {
    description: 'How many requests an hour these credentials may send.',
    schema: { type: 'string', example: '1000' },
  },
  'RateLimit-Remaining': {
    description: 'How many of them are left until the reset.',
    schema: { type: 'string', example: '997' },
  },
  'RateLimit-Reset': {
    description: 'In how many seconds they are counted anew.',
    schema: { type: 'string', example: '1800' },
  },
};

/** Told once for all answers that carry them. */
export const sharedAnswerHeaders = {
  'X-Request-Id': REQUEST_ID,
  ETag: ETAG,
  'Recount-Position': POSITION,
  'Idempotency-Replayed': REPLAYED,
  ...RATE_LIMITS,
};

const told = (name: keyof typeof sharedAnswerHeaders): Record<string, object> => ({
  [name]: { $ref: `#/components/headers/${name}` },
});

/** What an operation answers when it works, as a response. */
export const answerResponse = (
  { answer, isPublic, keepsAnswer, waits }: Operation & { readonly answer: DocumentedAnswer },
  summary: string,
  schemas: Schemas,
): object => {
  const schema = schemaOf(answer);
  return {
    description: summary,
    headers: {
      ...told('X-Request-Id'),
      ...(answer.etag ? told('ETag') : {}),
      ...(waits ? told('Recount-Position') : {}),
      ...(keepsAnswer ? told('Idempotency-Replayed') : {}),
      ...(isPublic ? {} : { ...told('RateLimit-Limit'), ...told('RateLimit-Remaining'), ...told('RateLimit-Reset') }),
    },
    content: contentOf(answer, schema, schemas),
  };
};

/** The schema of a stream is that of the data of each of its events. Elsewhere, the parts of a schema have examples: those of a whole are made of them. */
const contentOf = (answer: DocumentedAnswer, schema: Schema, schemas: Schemas): object =>
  answer.shape === 'stream'
    ? { 'text/event-stream': { schema, example: `id: 4711\ndata: ${JSON.stringify(exampleOf(schema, schemas))}\n\n` } }
    : {
        'application/json': { schema },
        ...(answer.mediaType === undefined ? {} : { [answer.mediaType]: WHOLE }),
        ...(isTabular(answer) ? { [CSV]: TABLE } : {}),
      };

const WHOLE = { schema: { type: 'string', format: 'binary', description: 'The document as it is.' } };

const TABLE = {
  schema: {
    type: 'string',
    description: 'All rows by RFC 4180, under a row of names, unless `limit` asks for a page.',
  },
};

const schemaOf = ({ resource, shape }: DocumentedAnswer): Schema => {
  const one = referenceTo(resource.name);
  switch (shape) {
    case 'one':
    case 'stream':
    case 'document':
      return one;
    case 'list':
      return { type: 'array', items: one };
    case 'page':
      return {
        type: 'object',
        properties: { data: { type: 'array', items: one }, page: referenceTo('PageCursors') },
        required: ['data', 'page'],
      };
    case 'told':
      return { allOf: [one, referenceTo('LoggedResource')] };
  }
};
