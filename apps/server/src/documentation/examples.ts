import type { OpenAPIObject } from '@nestjs/swagger';
import { INSTEAD_OF } from '../pipeline/documented.js';

/** What of JSON Schema the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly title?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  /** Names the field that it stands in place of. */
  readonly [INSTEAD_OF]?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

const REFERENCE = '#/components/schemas/';

export const schemasOf = (document: OpenAPIObject): Schemas => (document.components?.schemas ?? {}) as Schemas;

export const referenceTo = (name: string): Schema => ({ $ref: `${REFERENCE}${name}` });

/**
 * A whole made of the examples of its parts. What may be null and has no example is null; what may be left out and has
 * none is left out; of a choice, the first stands for all. Undefined if a part says nothing.
 */
export const exampleOf = (schema: Schema, schemas: Schemas): unknown => {
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.$ref !== undefined) return exampleOf(schemas[schema.$ref.slice(REFERENCE.length)]!, schemas);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas))) as unknown;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some(({ type }) => type === 'null') ? null : exampleOf(choices[0]!, schemas);
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [exampleOf(schema.items, schemas)].filter((element) => element !== undefined);
  if (schema.properties) return exampleOfFields(schema, schemas);
  if (Array.isArray(schema.type) && schema.type.includes('null')) return null;
  if (schema.type === 'object') return {};
  return schema.type === 'boolean' ? false : undefined;
};

const exampleOfFields = ({ properties, required = [] }: Schema, schemas: Schemas): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(properties!)) {
    if (field[INSTEAD_OF] !== undefined) continue;
    // A choice that may be left out is not made for the reader.
    if (field.enum !== undefined && field.example === undefined && !required.includes(name)) continue;
    const example = exampleOf(field, schemas);
    if (example !== undefined) fields[name] = example;
    else if (required.includes(name)) throw new Error(`The documented field “${name}” has no example.`);
  }
  return fields;
};
