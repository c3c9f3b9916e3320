import { printable } from '#kernel';

/** Markup that is written as it stands. All else is text. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | null | readonly Markup[];

/** Markup with values, which are escaped: nothing that somebody wrote becomes an element or an attribute. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(parts.reduce((written, part, index) => written + markupOf(values[index - 1]!) + part));

const markupOf = (value: Value): string => {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : escaped(String(value));
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Of text in markup, also between quotes. */
const escaped = (text: string): string => printable(text).replaceAll(/[&<>"']/gu, (character) => ESCAPES[character]!);
