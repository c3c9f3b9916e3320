import { pinsIn, type Pin, type Released } from './field-numbers.js';
import { snakeCase, type Field, type Message, type Protocol, type Rpc } from './protocol.js';

const COLUMNS = 130;

const HEAD = [
  'The gRPC API of Recount: the operations of the REST API, with the same fields, rules, errors and idempotency. Written by `npm run build` from docs/openapi.json and field-numbers.json.',
  'Every field has the name that it has in JSON, in snake case. Money, prices and quantities are decimal strings of any precision; instants are RFC 3339, answers in UTC. What takes one of several words is a string, so that a word that is unknown is refused with its place.',
  '`optional` says where absence means something. Lists and maps have no absence: an empty one says the same as none. What is null in JSON is absent here; where a request removes something by null, it does so by a message that is there and empty.',
  'Metadata of a call: `authorization` (Bearer, an API key or a JWT), `idempotency-key`, `x-request-id`, `traceparent`, `x-reason`, `if-match`, `recount-consistent-with`. Metadata of an answer: `etag`, `idempotency-replayed`, `recount-position`, `x-request-id`, `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset`, `retry-after`.',
  'Errors have a `google.rpc.Status` in `grpc-status-details-bin`: an `ErrorInfo` whose reason is the stable code of the problem, a `BadRequest` whose fields are JSON pointers, a `RetryInfo` where it is worth trying again.',
].join('\n\n');

/** The protocol with the numbers that are released, as a `.proto`. */
export const protoText = ({ rpcs, messages }: Protocol, released: Released): string =>
  [
    commented(HEAD, ''),
    'syntax = "proto3";',
    '',
    'package recount.v1;',
    '',
    'import "google/protobuf/struct.proto";',
    '',
    'service Billing {',
    ...rpcs.flatMap(rpcLines),
    '}',
    ...messages.flatMap((message) => ['', ...messageLines(message, pinsIn(released.messages[message.name]))]),
    '',
  ].join('\n');

const rpcLines = ({ name, comment, request, answer, streams }: Rpc): string[] => [
  commented(comment, '  '),
  `  rpc ${name}(${request}) returns (${streams ? 'stream ' : ''}${answer});`,
];

const messageLines = ({ name, comment, fields }: Message, pins: readonly Pin[]): string[] => {
  const own = new Map(fields.map((field) => [snakeCase(field.name), field]));
  const lines = pins.flatMap(({ number, name: field, type }) =>
    type === undefined ? [`  reserved ${number};`] : fieldLines(own.get(field)!, number),
  );
  return [...(comment === '' ? [] : [commented(comment, '')]), `message ${name} {`, ...lines, '}'];
};

const fieldLines = ({ name, type, repeated, optional, comment }: Field, number: number): string[] => [
  ...(comment === '' ? [] : [commented(comment, '  ')]),
  `  ${repeated ? 'repeated ' : optional ? 'optional ' : ''}${type} ${snakeCase(name)} = ${number};`,
];

const commented = (text: string, indent: string): string =>
  text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`(?:.{1,${COLUMNS}}|\\S+)(?=\\s|$)`, 'g')) ?? [''])
    .map((line) => `${indent}// ${line.trim()}`.trimEnd())
    .join('\n');
