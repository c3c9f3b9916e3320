/** What a run comes to, as a table. */
import type { Count } from './counting.js';
import type { Infliction } from './infliction.js';
import type { Answers } from './persistent-caller.js';

const SHOWN_MAX = 20;

export const printed = (
  { byKind, leftOut }: Infliction,
  { byCode, longest, acknowledged }: Answers,
  count: Count,
  wrong: readonly string[],
): void => {
  table('faults', byKind);
  for (const [kind, times] of leftOut) console.log(`  LEFT OUT: ${kind}, ${times} times`);
  table('requests by answer', byCode);
  console.log(
    `requests acknowledged: ${acknowledged}, longest answer ${Math.round(longest.milliseconds)} ms (${longest.what})`,
  );
  console.log(
    `things acknowledged: ${count.acknowledged}, lost ${count.lost.length}, doubled ${count.doubled.length}, otherwise wrong ${count.wrong.length + wrong.length}`,
  );
  list('lost', count.lost);
  list('doubled', count.doubled);
  list('wrong', [...count.wrong, ...wrong]);
};

const table = (title: string, rows: ReadonlyMap<string, number>): void => {
  console.log(title);
  for (const [name, figure] of [...rows].sort(([one], [other]) => (one < other ? -1 : 1)))
    console.log(`  ${String(figure).padStart(7)}  ${name}`);
};

const list = (title: string, things: readonly string[]): void => {
  for (const thing of things.slice(0, SHOWN_MAX)) console.log(`  ${title}: ${thing.slice(0, 600)}`);
  if (things.length > SHOWN_MAX) console.log(`  … and ${things.length - SHOWN_MAX} more ${title}`);
};
