/** Control characters but tabs and line ends, and two that are none. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

/** A text as paper, HTML and XML can hold it: what they have no way to write, halves of surrogate pairs too, is U+FFFD. */
export const printable = (text: string): string => text.toWellFormed().replaceAll(UNPRINTABLE, '\uFFFD');
