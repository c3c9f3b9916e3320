import { answerIn, pinsIn, wireType, type Pin, type Released } from './field-numbers.js';
import { snakeCase, type Message, type Protocol } from './protocol.js';

/** Why programs that were made of what is released would no longer be understood. */
export const breakingChanges = ({ rpcs, messages }: Released, protocol: Protocol): string[] => {
  const served = new Map(protocol.rpcs.map((rpc) => [rpc.name, answerIn(rpc)]));
  return [
    ...Object.entries(rpcs).flatMap(([name, answer]) =>
      served.get(name) === answer ? [] : [`${name} answered ${answer}, and now ${served.get(name) ?? 'is gone'}`],
    ),
    ...Object.entries(messages).flatMap(([name, fields]) => numbersTwice(name, pinsIn(fields))),
    ...protocol.messages.flatMap((message) => otherTypes(message, pinsIn(messages[message.name]))),
  ];
};

/** What `npm run docs` has yet to give a number, or to reserve. */
export const unreleased = (released: Released, protocol: Protocol): string[] => {
  const served = new Set(protocol.rpcs.map(({ name }) => name));
  return [
    ...[...served].filter((name) => released.rpcs[name] === undefined).map((name) => `${name} is not released`),
    ...protocol.messages.flatMap(({ name, fields }) => {
      const pinned = namesOf(pinsIn(released.messages[name]));
      const own = new Set(fields.map((field) => snakeCase(field.name)));
      return [
        ...[...own].filter((field) => !pinned.has(field)).map((field) => `${name}.${field} has no number`),
        ...[...pinned].filter((field) => !own.has(field)).map((field) => `${name}.${field} is gone, and not reserved`),
      ];
    }),
  ];
};

const namesOf = (pins: readonly Pin[]): Set<string> =>
  new Set(pins.filter(({ type }) => type !== undefined).map(({ name }) => name));

const numbersTwice = (message: string, pins: readonly Pin[]): string[] => {
  const numbers = pins.map(({ number }) => number);
  const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  return twice.map((number) => `${message} has the number ${number} twice`);
};

const otherTypes = ({ name, fields }: Message, pins: readonly Pin[]): string[] =>
  fields.flatMap((field) => {
    const pin = pins.find((candidate) => candidate.name === snakeCase(field.name) && candidate.type !== undefined);
    if (!pin || pin.type === wireType(field)) return [];
    return [`${name}.${pin.name} was ${pin.type!}, and now is ${wireType(field)}`];
  });
