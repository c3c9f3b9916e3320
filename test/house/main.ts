/** `npm run house`: what a change costs, and where. With `--names`, each file that is counted. */
import '#runtime';
import { house } from './house.js';
import type { Sizes } from './sizes.js';

const found = await house();
const named = process.argv.includes('--names');

const counted = (what: string, names: readonly string[]): void => {
  console.log(`${String(names.length).padStart(6)}  ${what}`);
  if (named) for (const name of names) console.log(`          ${name}`);
};
const sized = (what: string, { p50, p90, max, largest }: Sizes): void =>
  console.log(
    `        ${what}: half of them up to ${p50} lines, nine of ten up to ${p90}, the largest ${max} (${largest})`,
  );

counted('files are changed by hand for one field of an invoice (`docs/adding-a-field.md`)', found.filesOfField);
counted('files carry one command with its fact (`WithdrawScheduledChange`)', found.filesOfCommand);
counted('lists name most of the nouns', found.lists);
counted('exports of pure libs that no process reaches', found.unreached);
counted(
  'cycles of files, those of types alone included',
  found.cycles.map((files) => files.join(' ↔ ')),
);
console.log(`${String(found.generatedPercent).padStart(6)}  percent of all lines are generated`);
sized('files', found.files);
sized('functions', found.functions);
