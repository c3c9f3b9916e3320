import type { Schema, Schemas } from '../examples.js';
import { alternativesOf, type Alternative } from './alternatives.js';
import { MAP_TEXT, type Form } from './protocol.js';

/** Names a message that is made of these alternatives. */
export type MessageNamed = (parts: readonly Alternative[]) => string;

export interface FieldType {
  readonly type: string;
  readonly repeated: boolean;
  readonly nullable: boolean;
  readonly mayBeEmpty: boolean;
  readonly members?: Form;
}

const VALUE = 'google.protobuf.Value';
const STRUCT = 'google.protobuf.Struct';

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean']);
const INT64 = new Set(['int64', 'uint64']);
const FRACTIONS = new Set(['double', 'float']);

/**
 * The type of a field whose value follows one of these schemas. A choice of scalars is a text, any other choice of kinds is
 * what JSON has.
 */
export const fieldTypeOf = (
  among: readonly Schema[],
  schemas: Schemas,
  inRequest: boolean,
  messageNamed: MessageNamed,
): FieldType => {
  const { known, nullable } = alternativesOf(among, schemas);
  const all = (is: (alternative: Alternative) => boolean): boolean => known.every(is);
  const one = { repeated: false, nullable, mayBeEmpty: false };
  if (all(({ type }) => SCALARS.has(type))) {
    // Among texts, numbers and truth values, null is as if it were not there.
    const isChoice = new Set(known.map(({ type }) => type)).size > 1;
    return { ...one, type: scalarOf(known), nullable: nullable && !isChoice };
  }
  if (all(({ type }) => type === 'array')) {
    const { type } = fieldTypeOf(itemsOf(known), schemas, inRequest, messageNamed);
    return { type, repeated: true, nullable, mayBeEmpty: all(({ schema }) => (schema.minItems ?? 0) === 0) };
  }
  if (!all(({ type }) => type === 'object')) return { ...one, type: VALUE };
  if (all(({ schema }) => schema.properties !== undefined)) return { ...one, type: messageNamed(known) };
  const members = known.flatMap(({ schema }) => membersOf(schema));
  if (members.length === 0) return { ...one, type: STRUCT };
  return { ...mapOf(fieldTypeOf(members, schemas, inRequest, messageNamed), inRequest), nullable, mayBeEmpty: true };
};

const itemsOf = (lists: readonly Alternative[]): Schema[] => lists.map(({ schema }) => schema.items!);

const membersOf = ({ additionalProperties, patternProperties = {} }: Schema): Schema[] => [
  ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ...Object.values(patternProperties),
];

const mapOf = ({ type, nullable }: FieldType, inRequest: boolean): Pick<FieldType, 'type' | 'repeated' | 'members'> => {
  const map = (member: string): string => `map<string, ${member}>`;
  if (!nullable) return { type: map(type), repeated: false };
  if (!inRequest) return { type: map(type), repeated: false, members: 'without nulls' };
  if (type === 'string') return { type: map(MAP_TEXT), repeated: false };
  return { type: map(type), repeated: false, members: 'null if empty' };
};

/** Fractions are texts, and where not, the schema says so: all other numbers are whole. */
const scalarOf = (known: readonly Alternative[]): string => {
  const kinds = new Set(known.map(({ type }) => type));
  if (kinds.size > 1 || kinds.has('string')) return 'string';
  if (kinds.has('boolean')) return 'bool';
  const formats = known.map(({ schema }) => schema.format ?? '');
  if (formats.some((format) => FRACTIONS.has(format))) return 'double';
  return formats.some((format) => INT64.has(format)) ? 'int64' : 'int32';
};
