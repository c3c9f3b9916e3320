import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page tells its reader to write: a whole file, or lines that come after another one. */
export type Step =
  | { readonly kind: 'file'; readonly file: string; readonly source: string }
  | { readonly kind: 'lines'; readonly file: string; readonly after: string; readonly added: string };

/** Blocks of a page, each of the file whose path stands last before it, by itself on a line. */
export const stepsIn = (page: string): readonly Step[] => {
  const steps: Step[] = [];
  let file = '';
  for (const [, path, language, block] of page.matchAll(/^`([^`\s]+\/[^`\s]+)`$|^```(ts|diff)\n([\s\S]*?)^```$/gm)) {
    if (path !== undefined) file = path;
    else if (language === 'ts') steps.push({ kind: 'file', file, source: block! });
    else steps.push(addition(file, block!.trimEnd().split('\n')));
  }
  return steps;
};

const addition = (file: string, lines: readonly string[]): Step => {
  const [after, added] = [lines.filter((line) => line.startsWith(' ')), lines.filter((line) => line.startsWith('+'))];
  return { kind: 'lines', file, after: unmarked(after), added: unmarked(added) };
};

const unmarked = (lines: readonly string[]): string => lines.map((line) => `${line.slice(1)}\n`).join('');

/** @throws if what a line is to come after is not there, or is there twice */
export const addLines = (folder: string, { file, after, added }: Extract<Step, { kind: 'lines' }>): void => {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(`\n${after}`);
  if (parts.length !== 2) throw new Error(`${file}: “${after.trim()}” is there ${parts.length - 1} times.`);
  writeFileSync(path, parts.join(`\n${after}${added}`));
};
