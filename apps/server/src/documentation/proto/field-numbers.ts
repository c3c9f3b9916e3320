import { snakeCase, type Field, type Message, type Protocol } from './protocol.js';
import type { MessageNames } from './protocol-of.js';

/** What was released: written by `npm run docs`, which only ever adds to it. */
export interface Released {
  readonly names: MessageNames;
  /** What each rpc answers. */
  readonly rpcs: Readonly<Record<string, string>>;
  /** Fields of each message as `type name = number`, those that are gone as `reserved number name`. */
  readonly messages: Readonly<Record<string, string>>;
}

/** A number that is taken. */
export interface Pin {
  readonly number: number;
  readonly name: string;
  /** Undefined once the field is gone. */
  readonly type: string | undefined;
}

const PIN = /^(?:reserved (?<gone>\d+) (?<left>\w+)|(?<type>.+) (?<name>\w+) = (?<number>\d+))$/;

/** @throws Error where it is not written as such */
export const pinsIn = (fields = ''): Pin[] =>
  fields
    .split('; ')
    .filter((field) => field !== '')
    .map((field) => {
      const { gone, left, type, name, number } = PIN.exec(field)?.groups ?? {};
      if (gone !== undefined) return { number: Number(gone), name: left!, type: undefined };
      if (number === undefined) throw new Error(`“${field}” is neither a field nor a number that is reserved.`);
      return { number: Number(number), name: name!, type: type! };
    });

export const textOf = (pins: readonly Pin[]): string =>
  pins
    .toSorted((one, other) => one.number - other.number)
    .map(({ number, name, type }) =>
      type === undefined ? `reserved ${number} ${name}` : `${type} ${name} = ${number}`,
    )
    .join('; ');

/** The type as it is on the wire: whether absence shows may change. */
export const wireType = ({ type, repeated }: Field): string => `${repeated ? 'repeated ' : ''}${type}`;

/** What is released, with what the protocol has besides; what it has no longer is reserved. */
export const extended = ({ names, rpcs, messages }: Released, protocol: Protocol): Released => ({
  names,
  rpcs: sorted({ ...rpcs, ...Object.fromEntries(protocol.rpcs.map((rpc) => [rpc.name, answerIn(rpc)])) }),
  messages: sorted({
    ...messages,
    ...Object.fromEntries(
      protocol.messages.map((message) => [message.name, textOf(pinsOf(message, pinsIn(messages[message.name])))]),
    ),
  }),
});

export const answerIn = ({ streams, answer }: Protocol['rpcs'][number]): string =>
  `${streams ? 'stream ' : ''}${answer}`;

const pinsOf = ({ fields }: Message, released: readonly Pin[]): Pin[] => {
  const names = new Set(fields.map(({ name }) => snakeCase(name)));
  const kept = released.map((pin) => (names.has(pin.name) ? pin : { ...pin, type: undefined }));
  const last = Math.max(0, ...released.map(({ number }) => number));
  const known = new Set(kept.filter(({ type }) => type !== undefined).map(({ name }) => name));
  const added = fields.filter(({ name }) => !known.has(snakeCase(name)));
  return [
    ...kept,
    ...added.map((field, index) => ({ number: last + 1 + index, name: snakeCase(field.name), type: wireType(field) })),
  ];
};

const sorted = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1)));
