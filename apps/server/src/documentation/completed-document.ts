import type { OpenAPIObject } from '@nestjs/swagger';
import { answerResponse, sharedAnswerHeaders } from './answers.js';
import { exampleOf, schemasOf, type Schema, type Schemas } from './examples.js';
import type { Operation } from './operations.js';
import { completedParameter, headerParameters, sharedHeaders } from './parameters.js';
import { problemResponses, sharedExamples, sharedProblems } from './problems.js';
import { TAGS } from './tags.js';

type Generated = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** What is generated from types and comments, completed by what the code says of its operations. */
export const completed = (document: OpenAPIObject, known: ReadonlyMap<string, Operation>): OpenAPIObject => {
  const schemas = schemasOf(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch'] as const) {
      const generated = item[method];
      if (generated) item[method] = completedOperation(generated, known.get(generated.operationId!)!, path, schemas);
    }
  }
  // Empty requests have no schema to show.
  const { NoBody: _, ...shown } = schemas;
  const components = {
    ...document.components,
    schemas: shown,
    parameters: sharedHeaders,
    headers: sharedAnswerHeaders,
    responses: sharedProblems(known.values()),
    examples: sharedExamples(known.values()),
  };
  return {
    ...document,
    paths: inReadingOrder(document.paths),
    components: components as NonNullable<OpenAPIObject['components']>,
  };
};

/** By what they belong to, as a newcomer meets it, and then by the path: the order of the sources says nothing. */
const inReadingOrder = (paths: OpenAPIObject['paths']): OpenAPIObject['paths'] => {
  const tags = TAGS.map(({ name }) => name);
  const placeOf = (item: OpenAPIObject['paths'][string]): number =>
    tags.indexOf(
      Object.values(item as Record<string, Generated>).flatMap((operation) => operation.tags ?? [])[0] ?? '',
    );
  return Object.fromEntries(
    Object.entries(paths).sort(
      ([left, one], [right, other]) => placeOf(one) - placeOf(other) || (left < right ? -1 : 1),
    ),
  );
};

const completedOperation = (generated: Generated, operation: Operation, path: string, schemas: Schemas): Generated => {
  const { summary = '', description } = sentences(generated.summary ?? '');
  const { requestBody: _, ...rest } = generated;
  const requestBody = requestBodyOf(generated, schemas);
  const parameters = (generated.parameters ?? []) as Parameters<typeof completedParameter>[0][];
  const problems = problemResponses(operation, requestBody !== undefined);
  const { answer } = operation;
  return {
    ...rest,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(operation.isPublic ? { security: [] } : {}),
    parameters: [
      ...parameters.map((parameter) => completedParameter(parameter, path)),
      ...headerParameters(operation),
    ] as NonNullable<Generated['parameters']>,
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      ...(answer
        ? { [operation.status]: answerResponse({ ...operation, answer }, summary, schemas) }
        : generated.responses),
      ...(answer?.shape === 'document' ? { 304: NOT_MODIFIED } : {}),
      ...problems,
    },
  };
};

const NOT_MODIFIED = { description: 'You have it: what left the house is what `If-None-Match` names.' };

/** The first sentence says it in short. */
const sentences = (comment: string): { readonly summary: string; readonly description?: string } => {
  const end = comment.indexOf('. ');
  return end < 0 ? { summary: comment } : { summary: comment.slice(0, end + 1), description: comment.slice(end + 2) };
};

interface Content {
  readonly schema: Schema;
}

const requestBodyOf = ({ requestBody }: Generated, schemas: Schemas): Generated['requestBody'] | undefined => {
  if (!requestBody || !('content' in requestBody)) return undefined;
  const { schema } = requestBody.content['application/json'] as Content;
  if (schema.$ref?.endsWith('/NoBody')) return undefined;
  const whole = schema.$ref === undefined ? schema : schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]!;
  return {
    required: (whole.required ?? []).length > 0,
    content: { 'application/json': { schema, example: exampleOf(schema, schemas) } },
  } as Generated['requestBody'];
};
