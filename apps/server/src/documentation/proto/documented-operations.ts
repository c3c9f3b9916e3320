import type { Schema, Schemas } from '../examples.js';
import { nameIn } from './alternatives.js';
import { FILTER } from './protocol.js';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Schemas };
}

export const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream';

/** What asks for no credential is health and the like, for which gRPC has services of its own. */
export const guardedOperations = ({ paths }: ApiDocument): DocumentedOperation[] =>
  Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ security }) => security?.length !== 0);

export const rpcName = ({ operationId }: DocumentedOperation): string =>
  `${operationId[0]!.toUpperCase()}${operationId.slice(1)}`;

export const answerContent = ({ responses }: DocumentedOperation): Content =>
  (responses['200'] ?? responses['201'])!.content!;

export const streams = (operation: DocumentedOperation): boolean => STREAM_TYPE in answerContent(operation);

export const answerSchema = (operation: DocumentedOperation): Schema => {
  const content = answerContent(operation);
  return (content[JSON_TYPE] ?? content[STREAM_TYPE]!).schema;
};

/** Whether a caller may go on after the last thing that a stream sent. */
export const isResumable = ({ parameters = [] }: DocumentedOperation): boolean =>
  parameters.some(({ name }) => name === 'last-event-id');

/** What a stream sends: of `PublicEventResource`, the event. */
export const nounOf = (operation: DocumentedOperation): string =>
  /([A-Z][a-z]+?)(?:Resource|Dto)$/.exec(nameIn(answerSchema(operation)))![1]!;

/** Fields of the path, of the query string and of the body, side by side. */
export const requestSchema = (operation: DocumentedOperation, schemas: Schemas): Schema => {
  const { parameters = [], requestBody } = operation;
  const body = requestBody?.content[JSON_TYPE]?.schema ?? {};
  const whole = body.$ref === undefined ? body : schemas[nameIn(body)]!;
  const own = parameters.filter(({ $ref, in: place }) => $ref === undefined && place !== 'header');
  const fields = {
    properties: { ...propertiesOf(own), ...whole.properties },
    required: [...own.filter(({ required }) => required).map(({ name }) => name), ...(whole.required ?? [])],
  };
  return isResumable(operation) ? filtered(fields, `${nounOf(operation)}${FILTER}`) : fields;
};

/** Bounds of one field, such as `total[gte]` and `total[lte]`, are one message. */
const propertiesOf = (parameters: readonly Parameter[]): Record<string, Schema> => {
  const properties: Record<string, Schema> = {};
  for (const { name, description, schema } of parameters) {
    const own = { ...(description === undefined ? {} : { description }), ...schema };
    const [, field, bound] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    if (field === undefined) properties[name] = own;
    else properties[field] = withBound(properties[field], field, { [bound!]: own });
  }
  return properties;
};

const withBound = (range: Schema | undefined, field: string, bound: Record<string, Schema>): Schema => ({
  type: 'object',
  title: `${field[0]!.toUpperCase()}${field.slice(1)}Range`,
  properties: { ...range?.properties, ...bound },
});

/** Of a stream that can be resumed: where it begins, and apart from that what it sends. */
const filtered = ({ properties }: { readonly properties: Readonly<Record<string, Schema>> }, title: string): Schema => {
  const { from, ...filter } = properties;
  return {
    properties: {
      from: from!,
      filter: {
        type: 'object',
        title,
        description: 'Only what is named; all there is where nothing is.',
        properties: filter,
      },
    },
    required: ['filter'],
  };
};
