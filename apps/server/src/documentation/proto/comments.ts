import type { Schema } from '../examples.js';

const WORDS_MAX = 12;

/** What the first schema that says anything says, with the words to choose from. */
export const commentOf = (schemas: readonly Schema[]): string =>
  [
    schemas.find(({ description }) => description !== undefined)?.description,
    wordsOf(schemas.flatMap((schema) => (schema.type === 'array' ? schema.items! : schema).enum ?? [])),
    defaultOf(schemas),
  ]
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => (/[.!?:]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');

const wordsOf = (words: readonly unknown[]): string | undefined => {
  const known = [...new Set(words)].filter((word) => typeof word === 'string');
  return known.length === 0 || known.length > WORDS_MAX ? undefined : `One of: ${known.join(', ')}`;
};

const defaultOf = (schemas: readonly Schema[]): string | undefined => {
  const [found] = schemas.flatMap((schema) => (schema.default === undefined ? [] : [schema.default]));
  return found === undefined ? undefined : `By default ${JSON.stringify(found).replaceAll('"', '')}`;
};
