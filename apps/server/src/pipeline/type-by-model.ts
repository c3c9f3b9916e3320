import type { Type as Class } from '@nestjs/common';
import { Type, type TypeHelpOptions } from 'class-transformer';

/** Tells what a field is made of. */
export type TypeOf = (of?: TypeHelpOptions) => Class;

interface Model {
  readonly name: string;
  readonly value: Class;
}

const CHOICES = new WeakMap<TypeOf, readonly Class[]>();

/**
 * The class that an object is checked as: the one of its `model`, or one that says which there are. class-transformer's own discriminator stumbles over what is
 * no object.
 */
export const TypeByModel =
  (models: readonly Model[], unknown: Class): PropertyDecorator =>
  (target, name) => {
    const typeOf: TypeOf = (of) => {
      const value = (of?.object as Readonly<Record<string | symbol, unknown>> | undefined)?.[name];
      const model = typeof value === 'object' && value !== null && 'model' in value ? value.model : undefined;
      return models.find((candidate) => candidate.name === model)?.value ?? unknown;
    };
    CHOICES.set(typeOf, [...models.map(({ value }) => value), unknown]);
    Type(typeOf)(target, name);
  };

/** Every class that may be told. @throws TypeError if that depends on something else than a model */
export const choicesOf = (typeOf: TypeOf): readonly Class[] => {
  const choices = CHOICES.get(typeOf);
  if (choices) return choices;
  if (typeOf.length > 0) throw new TypeError('What a field is made of depends on its object, which is not compiled.');
  return [typeOf()];
};
