import type { Schema, Schemas } from '../examples.js';
import { nameIn } from './alternatives.js';
import {
  answerSchema,
  guardedOperations,
  isResumable,
  nounOf,
  requestSchema,
  rpcName,
  streams,
  type ApiDocument,
  type DocumentedOperation,
} from './documented-operations.js';
import { Messages } from './messages.js';
import { TOLD, type Protocol, type Rpc } from './protocol.js';

/** Names that messages have, by those of their schemas, where these are others. */
export type MessageNames = Readonly<Record<string, string>>;

interface Answer {
  readonly name: string;
  readonly schema: Schema;
}

/** An rpc for each operation that the document declares, with messages of the same fields. */
export const protocolOf = (document: ApiDocument, names: MessageNames): Protocol => {
  const operations = guardedOperations(document);
  const schemas = withLogs(document.components.schemas, operations.map(answerSchema));
  const messages = new Messages(schemas, names);
  const rpcs = operations.map((operation): Rpc => {
    const name = rpcName(operation);
    const answer = answerOf(operation, schemas, messages.nameOf);
    messages.add(`${name}Request`, [requestSchema(operation, schemas)], true);
    messages.add(answer.name, [answer.schema], false);
    return {
      name,
      comment: `${operation.summary} ${operation.description ?? ''}`.trim(),
      request: `${name}Request`,
      answer: answer.name,
      streams: streams(operation),
    };
  });
  return { rpcs, messages: messages.built() };
};

/** A command answers the resource and where the log stands: a message is both. */
const withLogs = (schemas: Schemas, answers: readonly Schema[]): Schemas => {
  const changed = answers.flatMap(({ allOf }) => (allOf ? [[nameIn(allOf[0]!), allOf[1]!] as const] : []));
  return { ...schemas, ...Object.fromEntries(changed.map(([name, log]) => [name, both(schemas[name]!, log)])) };
};

const both = (resource: Schema, { properties, required = [] }: Schema): Schema => ({
  ...resource,
  properties: {
    ...resource.properties,
    ...Object.fromEntries(
      Object.entries(properties!).map(([name, schema]) => [name, { description: 'Of commands.', allOf: [schema] }]),
    ),
  },
  required: [...(resource.required ?? []), ...required],
});

const answerOf = (operation: DocumentedOperation, schemas: Schemas, nameOf: (schema: string) => string): Answer => {
  const answer = answerSchema(operation);
  const [schema] = answer.allOf ?? [answer];
  if (isResumable(operation)) return sent(schema!, nounOf(operation));
  if (schema!.$ref !== undefined) return { name: nameOf(nameIn(schema!)), schema: schemas[nameIn(schema!)]! };
  const listed = schema!.items ?? schema!.properties!['data']!.items!;
  const noun = nameOf(nameIn(listed));
  if (schema!.properties) return { name: `${noun.replace(/Summary$/, '')}Page`, schema: schema! };
  return {
    name: `${noun}List`,
    schema: { properties: { data: { type: 'array', items: listed } }, required: ['data'] },
  };
};

/** Something that a stream sends, or how far it came without it. */
const sent = (schema: Schema, noun: string): Answer => ({
  name: `${TOLD}${noun}`,
  schema: {
    properties: {
      [noun.toLowerCase()]: { description: 'Absent where nothing was found up to the position.', allOf: [schema] },
      position: { type: 'string', description: 'Go on after it.' },
    },
    required: ['position'],
  },
});
