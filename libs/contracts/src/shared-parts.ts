/** A schema, or a part of one. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** By the text of a part, the name that it has in the file of parts that many schemas share. */
export type NamedParts = ReadonlyMap<string, string>;

export const PARTS_FILE = 'parts.json';

/** What is shorter is written where it stands. */
const SHARED_CHARACTERS_MIN = 80;

/** Keywords under which parts stand that have no name of their own. */
const UNNAMED = new Set(['items', 'properties', 'patternProperties', 'additionalProperties', 'anyOf']);

/** What stands in the place of a part; undefined where the part itself does. */
type Replace = (part: SchemaPart, text: string, field: string) => SchemaPart | undefined;

/**
 * The schema without what it repeats: a part that has a name is in the file of parts, and any other that occurs more than once is written
 * once, under `$defs`, by the name of the field that holds it first.
 */
export const withSharedParts = (schema: SchemaPart, named: NamedParts): SchemaPart => {
  const repeated = repeatedIn(schema);
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const replace: Replace = (part, text, field) => {
    if (isLong(text) && named.has(text)) return { $ref: `${PARTS_FILE}#/$defs/${named.get(text)}` };
    if (!repeated.has(text)) return undefined;
    const name = names.get(text) ?? freeName(field, definitions);
    if (!names.has(text)) {
      names.set(text, name);
      definitions[name] = null;
      definitions[name] = replaced(part, field, replace);
    }
    return { $ref: `#/$defs/${name}` };
  };
  const whole = replaced(schema, 'part', replace);
  return names.size === 0 ? whole : { ...whole, $defs: definitions };
};

/** The file of parts: each that has a name, made of the others. */
export const partsFile = (named: NamedParts): SchemaPart => ({
  $defs: Object.fromEntries(
    [...named]
      .filter(([text]) => isLong(text))
      .map(([own, name]) => [
        name,
        replaced(JSON.parse(own) as SchemaPart, name, (_, text) =>
          isLong(text) && named.has(text) ? { $ref: `#/$defs/${named.get(text)}` } : undefined,
        ),
      ]),
  ),
});

const replaced = (part: SchemaPart, field: string, replace: Replace): SchemaPart => {
  const written = (value: unknown, of: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => written(item, of));
    if (!isPart(value)) return value;
    return replace(value, JSON.stringify(value), of) ?? replaced(value, of, replace);
  };
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, written(value, UNNAMED.has(key) ? field : key)]),
  );
};

/** Each part that occurs twice, as text. What is in a part that was seen is not looked at again. */
const repeatedIn = (schema: SchemaPart): ReadonlySet<string> => {
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isPart(value)) return;
    const text = JSON.stringify(value);
    const counts = isLong(text) && ('type' in value || 'anyOf' in value);
    if (counts && seen.has(text)) return void repeated.add(text);
    if (counts) seen.add(text);
    Object.values(value).forEach(look);
  };
  look(schema);
  return repeated;
};

const isLong = (text: string): boolean => text.length >= SHARED_CHARACTERS_MIN;

const isPart = (value: unknown): value is SchemaPart => typeof value === 'object' && value !== null;

const freeName = (field: string, taken: Readonly<Record<string, unknown>>): string => {
  for (let number = 2, name = field; ; name = `${field}${number++}`) if (!(name in taken)) return name;
};
