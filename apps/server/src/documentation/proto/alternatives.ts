import type { Schema, Schemas } from '../examples.js';

/** One of the things that a value may be. */
export interface Alternative {
  /** Of the shared schema, or the title of one that is not shared. */
  readonly name: string | undefined;
  readonly type: string;
  readonly schema: Schema;
}

export interface Alternatives {
  readonly known: readonly Alternative[];
  readonly nullable: boolean;
}

export const nameIn = ({ $ref }: Schema): string => $ref!.slice($ref!.lastIndexOf('/') + 1);

/** What values of these schemas may be, without references and choices. */
export const alternativesOf = (among: readonly Schema[], schemas: Schemas): Alternatives => {
  const all = among.flatMap((schema) => unfolded(schema, schemas));
  return { known: all.filter(({ type }) => type !== 'null'), nullable: all.some(({ type }) => type === 'null') };
};

const unfolded = (schema: Schema, schemas: Schemas, name = schema.title): Alternative[] => {
  if (schema.$ref !== undefined) return unfolded(schemas[nameIn(schema)]!, schemas, nameIn(schema));
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return choices.flatMap((choice) => unfolded(choice, schemas));
  return [schema.type ?? 'any'].flat().map((type) => ({ name, type, schema }));
};
