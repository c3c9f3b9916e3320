import { printable } from '#kernel';

/** An element of XML: its name, its attributes, and what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Element[];
}

/** What stands in an element. What is undefined is not there. */
type Content = string | undefined | readonly (Element | undefined)[];

/** An element; none where nothing is in it: an empty one is as wrong as one that is missing. */
export const element = (
  name: string,
  content: Content,
  attributes: Readonly<Record<string, string>> = {},
): Element | undefined => {
  if (content === undefined) return undefined;
  const filled = typeof content === 'string' ? content.trim() : content.filter((child) => child !== undefined);
  return filled.length === 0 ? undefined : { name, attributes, content: filled };
};

export const xmlDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${[...linesOf(root, '')].join('\n')}\n`;

function* linesOf({ name, attributes, content }: Element, indent: string): Generator<string> {
  const opening = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}>`;
  if (typeof content === 'string') {
    yield `${indent}${opening}${escaped(content)}</${name}>`;
    return;
  }
  yield `${indent}${opening}`;
  for (const child of content) yield* linesOf(child, `${indent}  `);
  yield `${indent}</${name}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

const escaped = (text: string): string => printable(text).replaceAll(/[&<>"\r]/gu, (character) => ESCAPES[character]!);
