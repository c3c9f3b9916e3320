import type { SourceFile } from './sources.js';

const naming = (files: readonly SourceFile[], words: readonly string[]): string[] => {
  const named = new RegExp(`\\b(?:${words.join('|')})\\b`, 'u');
  return files.filter(({ text }) => named.test(text)).map(({ path }) => path);
};

/** Files that carry one field of an invoice. */
export const filesOfField = (files: readonly SourceFile[]): string[] => naming(files, ['dueOn', 'due_on']);

/** Files that one command with its fact stands in. */
export const filesOfCommand = (files: readonly SourceFile[]): string[] =>
  naming(files, ['WithdrawScheduledChange', 'withdrawScheduledChange', 'ScheduledChangeWithdrawn']);

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
