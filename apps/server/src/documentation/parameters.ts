import type { PathParameters } from '../pipeline/tag.js';
import type { Operation } from './operations.js';
import { TAGS } from './tags.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const header = (name: string, description: string, example: string, limits: object = {}): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', ...limits, example },
});

const text = { minLength: 1, maxLength: 255 };

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'Of your choice, once per command: the same key and body get the first answer again, for at least seven days.',
  '0198c6f0-6f0e-7a54-9d5e-3c1f6a3b2d10',
  text,
);
const IF_MATCH = header('If-Match', 'Carries the command out at this revision alone.', '"7"');
const IF_NONE_MATCH = header(
  'If-None-Match',
  'The `ETag` of what you have, its SHA-256 in quotes: if it left the house as that, it is not sent again (304).',
  '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
);
const REASON = header('X-Reason', 'Why: goes into the metadata of the events.', 'asked by mail', text);
const CONSISTENT_WITH = header(
  'Recount-Consistent-With',
  'The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position.',
  '4711',
  { pattern: '^\\d{1,18}$' },
);

/** Told once for all operations that take them. */
export const sharedHeaders = Object.fromEntries(
  [IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, REASON, CONSISTENT_WITH].map((parameter) => [parameter.name, parameter]),
);

/** Headers that an operation takes, as the code has it. */
export const headerParameters = ({ method, answer, waits }: Operation): { readonly $ref: string }[] => {
  const commands = answer?.shape === 'told';
  const taken = [
    ...(method === 'POST' || commands ? [IDEMPOTENCY_KEY] : []),
    ...(answer?.ifMatch ? [IF_MATCH] : []),
    ...(answer?.shape === 'document' ? [IF_NONE_MATCH] : []),
    ...(commands ? [REASON] : []),
    ...(waits ? [CONSISTENT_WITH] : []),
  ];
  return taken.map(({ name }) => ({ $ref: `#/components/parameters/${name}` }));
};

/** What stands in a path is told by the tag that it belongs to. */
const PATH_PARAMETERS: PathParameters = Object.assign(
  {},
  ...TAGS.map(({ parameters }) => parameters),
) as PathParameters;

const pathParameter = (name: string, path: string): PathParameters[string] => {
  const found = PATH_PARAMETERS[path.slice(0, path.indexOf(`{${name}}`))];
  if (found === undefined) throw new Error(`No tag says what {${name}} of ${path} is.`);
  return found;
};

/** A generated parameter, with what the generator does not know. */
export const completedParameter = (parameter: Parameter, path: string): Parameter => {
  if (parameter.in === 'path') {
    const [description, example] = pathParameter(parameter.name, path);
    return { ...parameter, description, schema: { ...parameter.schema, example } };
  }
  const { schema } = parameter;
  return {
    ...parameter,
    // What has a default may be left out.
    required: parameter.required === true && !('default' in schema),
    // Lists are told with commas.
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
    // Maps have a parameter for each member: `metadata[tier]=gold`.
    ...(schema['type'] === 'object' ? { style: 'deepObject', explode: true } : {}),
  };
};
