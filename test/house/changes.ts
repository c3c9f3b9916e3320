import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepsIn } from '../processes/written-steps.js';
import { ROOT, type SourceFile } from './sources.js';

/** Files that are changed by hand for one field of an invoice: `test/processes/adding-a-field.spec.ts` does it. */
export const filesOfField = (): string[] => [
  ...new Set(stepsIn(readFileSync(join(ROOT, 'docs/adding-a-field.md'), 'utf8')).map(({ file }) => file)),
];

const COMMAND = /\b(?:WithdrawScheduledChange|withdrawScheduledChange|ScheduledChangeWithdrawn)\b/u;

/** Files that one command with its fact stands in. */
export const filesOfCommand = (files: readonly SourceFile[]): string[] =>
  files.filter(({ text }) => COMMAND.test(text)).map(({ path }) => path);

/** Nouns, by how the names of their modules begin. */
const NOUNS = ['account', 'subscription', 'invoice', 'payment', 'transfer', 'tenant', 'test-clock', 'catalog', 'usage'];
const NOUNS_OF_LIST = 5;

const nounOf = (module: string): string | undefined => {
  const parts = module.replace(/\.js$/u, '').split('/');
  return NOUNS.find((noun) =>
    parts.some((part) => part === noun || part === `${noun}s` || part.startsWith(`${noun}.`)),
  );
};

/** Files in which every noun has to be entered: they name modules of most nouns. */
export const lists = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ text }) => {
      const modules = [...text.matchAll(/\bfrom '([^']+)'/gu)].map(([, module]) => nounOf(module!));
      return new Set(modules.filter((noun) => noun !== undefined)).size >= NOUNS_OF_LIST;
    })
    .map(({ path }) => path);
