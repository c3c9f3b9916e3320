/** Words of the code that no public text has, and what stands there instead (docs/glossary.md, “Words of the code”). */
export const HOUSE_WORDS: Readonly<Record<string, string>> = {
  door: 'transport',
  doors: 'transports',
  wall: 'isolation, boundary',
  walls: 'isolation, boundaries',
  patience: 'time-out',
  tell: 'respond, publish, show',
  tells: 'responds, publishes, shows',
  told: 'answered, published, shown',
  errand: 'request',
  errands: 'requests',
};

const PATTERN = new RegExp(`\\b(${Object.keys(HOUSE_WORDS).join('|')})\\b`, 'gi');

/** Prose alone, line by line: blocks, code spans and targets of links are names that programs rely on. */
const proseOf = (markdown: string): readonly string[] => {
  let inBlock = false;
  return markdown.split('\n').map((line) => {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (isFence) inBlock = !inBlock;
    return inBlock || isFence ? '' : line.replaceAll(/`[^`]*`/g, '').replaceAll(/\]\([^)]*\)/g, ']');
  });
};

const complaint = (file: string, line: number, word: string): string =>
  `${file}:${line}: “${word}”, say ${HOUSE_WORDS[word.toLowerCase()]}`;

const wordsIn = (prose: string): readonly string[] => [...prose.matchAll(PATTERN)].map(([word]) => word);

/** Each house word of a page, as `file:line: word, say …`. */
export const houseWordsIn = (file: string, text: string): readonly string[] =>
  proseOf(text).flatMap((line, index) => wordsIn(line).map((word) => complaint(file, index + 1, word)));

/** The same of the descriptions and summaries of a generated document, each of which stands on one line. */
export const houseWordsInDescriptions = (file: string, json: string): readonly string[] =>
  json.split('\n').flatMap((line, index) => {
    const text = /^\s*"(?:description|summary)": "(.*)",?$/.exec(line)?.[1] ?? '';
    return proseOf(text)
      .flatMap(wordsIn)
      .map((word) => complaint(file, index + 1, word));
  });
