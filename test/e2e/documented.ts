import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Compile } from 'typebox/schema';
import type { Answer, Any, Asking, TestClient } from '../services/test-client.js';

interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: object; readonly examples?: object }>>;
}

interface Operation {
  readonly name: string;
  readonly path: RegExp;
  readonly parameters: number;
  readonly responses: Readonly<Record<string, Response>>;
}

const document: Any = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../docs/openapi.json', import.meta.url)), 'utf8'),
);

const resolved = <Part extends { readonly $ref?: string }>(part: Part): Part =>
  part.$ref === undefined
    ? part
    : part.$ref
        .slice(2)
        .split('/')
        .reduce((at: Any, name) => at[name], document);

/** A schema with what it refers to. It takes nothing that is not named: an answer beyond the document is as wrong as one short of it. */
const closed = (schema: Any): Any => {
  if (schema.$ref !== undefined) return closed(resolved(schema));
  if (schema.allOf) {
    const parts = schema.allOf.map(closed);
    const properties = Object.assign({}, ...parts.map((part: Any) => part.properties));
    return { ...parts[0], properties, required: parts.flatMap((part: Any) => part.required ?? []) };
  }
  const fields: [string, Any][] = Object.entries(schema.properties ?? {});
  return {
    ...schema,
    ...(schema.items ? { items: closed(schema.items) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map(closed) } : {}),
    ...(schema.oneOf ? { oneOf: schema.oneOf.map(closed) } : {}),
    ...(typeof schema.additionalProperties === 'object'
      ? { additionalProperties: closed(schema.additionalProperties) }
      : {}),
    ...(schema.properties
      ? {
          properties: Object.fromEntries(fields.map(([name, field]) => [name, closed(field)])),
          additionalProperties: false,
        }
      : {}),
  };
};

const OPERATIONS: readonly Operation[] = Object.entries<Any>(document.paths).flatMap(([path, item]) =>
  Object.entries<Any>(item).map(([method, { responses }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    parameters: path.split('{').length - 1,
    responses,
  })),
);

export const DOCUMENTED = OPERATIONS.map(({ name }) => name);

/** The request that the document shows for an operation. */
export const exampleRequest = (
  name: string,
): { readonly method: string; readonly path: string; readonly body: Any } => {
  const [method, template] = name.split(' ') as [string, string];
  const { parameters, requestBody } = document.paths[template][method.toLowerCase()];
  const path = template.replaceAll(
    /\{(\w+)\}/g,
    (_, wanted: string) => parameters.find((parameter: Any) => parameter.name === wanted).schema.example,
  );
  return { method, path, body: requestBody?.content['application/json'].example };
};

const operationOf = (method: string, path: string): Operation | undefined =>
  OPERATIONS.filter((operation) => operation.name.startsWith(`${method} `) && operation.path.test(path)).sort(
    (left, right) => left.parameters - right.parameters,
  )[0];

const validators = new Map<object, ReturnType<typeof Compile>>();

const validatorOf = (schema: object): ReturnType<typeof Compile> => {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = Compile(closed(schema))));
  return validator;
};

/** What an answer has that its document does not say, or the other way round. Null if they agree. */
const difference = ({ responses }: Operation, { status, headers, body }: Answer): string | null => {
  const documented = responses[status];
  if (!documented) return `status ${status} (${JSON.stringify(body)})`;
  const response = resolved(documented);
  const type = (headers.get('content-type') ?? '').split(';')[0]!;
  const content = response.content?.[type];
  if (!content) return `content type ${type}`;
  if (status >= 400) {
    return content.examples && Object.hasOwn(content.examples, body.code) ? null : `code ${body.code}`;
  }
  if (!type.endsWith('json')) return null;
  // A dry run of what would begin a stream has no revision to tell.
  const tells = Object.hasOwn(response.headers ?? {}, 'ETag') && body.log?.revision !== -1;
  if (headers.has('etag') !== tells) return `ETag ${headers.get('etag')}`;
  const validator = validatorOf(content.schema);
  return validator.Check(body) ? null : JSON.stringify(validator.Errors(body)[1].slice(0, 5));
};

/** The same client, which fails on any answer that is not as the document says. Remembers what was answered well. */
export const documented = (client: TestClient, answered = new Set<string>()): TestClient => {
  const ask = client.ask.bind(client);
  return Object.assign(client, {
    async ask(method: string, path: string, body?: unknown, asking?: Asking): Promise<Answer> {
      const answer = await ask(method, path, body, asking);
      const [plain] = (path.startsWith('/') ? path : `/v1/${path}`).split('?') as [string];
      const operation = operationOf(method, plain);
      if (!operation) throw new Error(`${method} ${path} is not documented.`);
      const found = difference(operation, answer);
      if (found !== null) throw new Error(`${operation.name} is documented otherwise: ${found}`);
      if (answer.status < 300) answered.add(operation.name);
      return answer;
    },
  });
};
