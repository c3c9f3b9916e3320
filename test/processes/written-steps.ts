import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page tells its reader to write: a whole file, or lines of one that is there. */
export type Step =
  | { readonly kind: 'file'; readonly file: string; readonly source: string }
  | { readonly kind: 'lines'; readonly file: string; readonly before: string; readonly after: string };

/** Blocks of a page, each of the file whose path stands last before it, by itself on a line. */
export const stepsIn = (page: string): readonly Step[] => {
  const steps: Step[] = [];
  let file = '';
  for (const [, path, language, block] of page.matchAll(/^`([^`\s]+\/[^`\s]+)`$|^```(ts|diff)\n([\s\S]*?)^```$/gm)) {
    if (path !== undefined) file = path;
    else if (language === 'ts') steps.push({ kind: 'file', file, source: block! });
    else steps.push(change(file, block!.trimEnd().split('\n')));
  }
  return steps;
};

/** As `diff` writes it: lines that stay begin with a blank, or are empty. */
const change = (file: string, lines: readonly string[]): Step => {
  const but = (mark: string) => lines.filter((line) => !line.startsWith(mark)).map((line) => `${line.slice(1)}\n`);
  return { kind: 'lines', file, before: but('+').join(''), after: but('-').join('') };
};

/** @throws if what is to be changed is not there, or is there twice */
export const changeLines = (folder: string, { file, before, after }: Extract<Step, { kind: 'lines' }>): void => {
  const path = join(folder, file);
  const parts = `\n${readFileSync(path, 'utf8')}`.split(`\n${before}`);
  if (parts.length !== 2) throw new Error(`${file}: “${before.trim()}” is there ${parts.length - 1} times.`);
  writeFileSync(path, parts.join(`\n${after}`).slice(1));
};
