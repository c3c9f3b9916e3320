/** What of JSON Schema the catalogues of events put into words. */
export interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly description?: string;
}

/** The fields of an object in one line. */
export const fieldsOf = (shape: Shape): string =>
  Object.entries(shape.properties ?? {})
    .map(([name, field]) => `\`${name}${shape.required?.includes(name) ? '' : '?'}\`${kindOf(field)}`)
    .join(', ');

/** Only what a name does not say by itself: choices, and what lists are made of. */
const kindOf = (shape: Shape): string => {
  const choices = (shape.anyOf ?? []).map((choice) => choice.const).filter((choice) => typeof choice === 'string');
  if (choices.length > 1) return ` (${choices.join(' / ')})`;
  if (shape.type === 'array' && shape.items?.properties) return `[${Object.keys(shape.items.properties).join(', ')}]`;
  if (shape.properties && !shape.description) return ` {${Object.keys(shape.properties).join(', ')}}`;
  return '';
};
