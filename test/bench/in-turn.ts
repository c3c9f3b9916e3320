import { join } from 'node:path';
import { Stack } from '../trace/stack.js';
import { between, PARTS, processorTimeOf, total, type ProcessorTime } from './processor-time.js';
import { median, print } from './rounds.js';

/** Something that can be done to a product again and again; answers how many operations it was. */
export interface Work {
  /** Before each round, and not measured. */
  readonly prepare?: (index: number) => Promise<void>;
  readonly round: (index: number) => Promise<number>;
  /** Waits until all that follows from the rounds has been done, too: read models are up to date. */
  readonly settled: () => Promise<void>;
  /** Throws if something was lost or doubled. */
  readonly check: () => Promise<void>;
}

interface Measured {
  readonly build: string;
  readonly rates: number[];
  /** Per operation. */
  readonly times: ProcessorTime[];
}

/**
 * The same work on this build and, with `--against DIR`, on another checkout that is built: in rounds that take turns, so that a neighbour
 * on the machine costs both. Rates are until answered, processor time is until everything that follows is done.
 */
export const inTurn = async (
  { title, unit, rounds }: { readonly title: string; readonly unit: string; readonly rounds: number },
  prepare: (stack: Stack) => Promise<Work>,
): Promise<void> => {
  const stacks: Stack[] = [];
  try {
    const sides: (Measured & { readonly stack: Stack; readonly work: Work })[] = [];
    for (const { build, built } of builds()) {
      const stack = await Stack.start(built);
      stacks.push(stack);
      sides.push({ build, rates: [], times: [], stack, work: await prepare(stack) });
    }
    for (let round = 0; round < rounds; round++) for (const side of sides) await measure(side, round);
    for (const side of sides) tell(title, unit, side, sides.at(-1)!);
    for (const { work } of sides) await work.check();
  } finally {
    for (const stack of stacks) await stack.stop();
  }
};

/** This one, and the one to hold it against. */
export const builds = (): { readonly build: string; readonly built?: string }[] => {
  const at = process.argv.indexOf('--against');
  const against = at < 0 ? undefined : process.argv[at + 1];
  return [{ build: 'this build' }, ...(against ? [{ build: against, built: join(against, 'dist') }] : [])];
};

const measure = async (
  { stack, work, rates, times }: Measured & { readonly stack: Stack; readonly work: Work },
  round: number,
): Promise<void> => {
  await work.prepare?.(round);
  const before = processorTimeOf(stack.pid);
  const begun = performance.now();
  const operations = await work.round(round);
  rates.push((operations * 1000) / (performance.now() - begun));
  await work.settled();
  const after = processorTimeOf(stack.pid);
  if (before && after) times.push(each(between(before, after), (time) => time / operations));
};

export const each = (time: ProcessorTime, change: (time: number) => number): ProcessorTime =>
  Object.fromEntries(PARTS.map((part) => [part, change(time[part])])) as unknown as ProcessorTime;

const tell = (title: string, unit: string, { build, rates, times }: Measured, last: Measured): void => {
  print({ title: `${title}, ${build}`, unit: `${unit}/s`, rates });
  if (times.length === 0) return console.log('  processor time is only known on Linux');
  const middle = (part: (typeof PARTS)[number]): number => Math.round(median(times.map((time) => time[part])));
  const all = median(times.map(total));
  const parts = PARTS.map((part) => `${part} ${middle(part)}`).join(', ');
  console.log(`  processor time, median: ${Math.round(all)} µs (${parts})`);
  if (last.build === build) return;
  const ratio = all / median(last.times.map(total));
  const faster = median(rates) / median(last.rates);
  console.log(`  beside ${last.build}: ${hundredths(ratio)} of its processor time, ${hundredths(faster)} of its rate`);
};

const hundredths = (ratio: number): number => Math.round(ratio * 100) / 100;
