/** Scripts that have spaces between words: lines of others break as they do. */
const LONG_WORD =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{M}\p{N}\p{P}\p{S}]{32,}/gu;
const ZERO_WIDTH_SPACE = '\u200b';
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A word that is longer than a column is broken wherever it has to be, and not printed over what stands beside it. */
export const breakable = (text: string): string =>
  text.replaceAll(LONG_WORD, (word) =>
    Array.from(letters.segment(word), ({ segment }) => segment).join(ZERO_WIDTH_SPACE),
  );
