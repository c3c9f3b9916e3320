/**
 * A list as PostgreSQL reads an array. The driver would look at each value for all that it may be, and quote every one: by the thousand, that
 * is most of what a batch costs here.
 */
export const arrayText = (values: readonly unknown[], textOf: (value: unknown) => string = elementText): string => {
  let text = '{';
  let last: unknown;
  let lastText = '';
  for (const [index, value] of values.entries()) {
    // Much of a batch is of one tenant, one account, one moment.
    if (value !== last || index === 0) {
      last = value;
      lastText = value === null ? 'NULL' : textOf(value);
    }
    text += index === 0 ? lastText : `,${lastText}`;
  }
  return `${text}}`;
};

/** A list in a list: as a text of its own, since arrays of arrays are one array. */
export const innerArrayText = (value: unknown): string => quoted(arrayText(value as readonly unknown[]));

const elementText = (value: unknown): string => (typeof value === 'string' ? plainOrQuoted(value) : String(value));

/** What needs no quotes. `NULL`, in any case, would be none. */
const PLAIN = /^[\w.:+-]+$/u;

const plainOrQuoted = (text: string): string => (text.length !== 4 && PLAIN.test(text) ? text : quoted(text));

const SPECIAL = /["\\]/gu;
const ESCAPED = String.raw`\$&`;

const quoted = (text: string): string => `"${text.replaceAll(SPECIAL, ESCAPED)}"`;
