/** A schema, or a part of one. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** What is shorter is written where it stands. */
const SHARED_CHARACTERS_MIN = 80;

/** Keywords under which parts stand that have no name of their own. */
const UNNAMED = new Set(['items', 'properties', 'patternProperties', 'additionalProperties', 'anyOf']);

/**
 * The schema with each part that occurs more than once written once, under `$defs`: by the name that its text has, or that of the field
 * that holds it first.
 */
export const withSharedParts = (schema: SchemaPart, named: ReadonlyMap<string, string> = new Map()): SchemaPart => {
  const shared = sharedIn(schema);
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};

  const written = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => written(item, field));
    if (!isPart(value)) return value;
    const text = JSON.stringify(value);
    if (!shared.has(text)) return membersOf(value, field);
    const name = names.get(text) ?? freeName(named.get(text) ?? field, definitions);
    if (!names.has(text)) {
      names.set(text, name);
      definitions[name] = null;
      definitions[name] = membersOf(value, field);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const membersOf = (part: SchemaPart, field: string): SchemaPart =>
    Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, written(value, UNNAMED.has(key) ? field : key)]),
    );

  const whole = membersOf(schema, 'part');
  return names.size === 0 ? whole : { ...whole, $defs: definitions };
};

/** Each part that occurs twice, as text. What is in a part that was seen is not looked at again. */
const sharedIn = (schema: SchemaPart): ReadonlySet<string> => {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isPart(value)) return;
    const text = JSON.stringify(value);
    const counts = text.length >= SHARED_CHARACTERS_MIN && ('type' in value || 'anyOf' in value);
    if (counts && seen.has(text)) return void shared.add(text);
    if (counts) seen.add(text);
    Object.values(value).forEach(look);
  };
  look(schema);
  return shared;
};

const isPart = (value: unknown): value is SchemaPart => typeof value === 'object' && value !== null;

const freeName = (field: string, taken: Readonly<Record<string, unknown>>): string => {
  for (let number = 2, name = field; ; name = `${field}${number++}`) if (!(name in taken)) return name;
};
