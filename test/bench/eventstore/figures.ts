/** Bench: what a figure is held against, and how it is told. */
import { median, print, rounds } from '../rounds.js';
import { type ProcessorTime, type ServedStore } from './served-store.js';

export const ROUNDS = 3;

export interface Bar {
  readonly title: string;
  readonly unit: string;
  readonly atLeast: number;
}

/** Rounds against the bar, and the processor time of the store against the client's. */
export const measure = async (
  store: ServedStore,
  bar: Bar,
  round: (index: number) => Promise<number>,
): Promise<void> => {
  const storeBefore = store.cpu;
  const clientBefore = process.cpuUsage();
  let done = 0;
  const rates = await rounds(ROUNDS, async (index) => {
    const some = await round(index);
    done += some;
    return some;
  });
  const used = process.cpuUsage(clientBefore);
  const client = { userMs: used.user / 1000, systemMs: used.system / 1000 };
  const { userMs, systemMs } = store.cpu;
  const own = { userMs: userMs - storeBefore.userMs, systemMs: systemMs - storeBefore.systemMs };
  print({ title: bar.title, unit: bar.unit, rates });
  console.log(`  bar ${bar.atLeast.toLocaleString('en')}: ${verdict(median(rates) >= bar.atLeast)}`);
  const [of, total] = [(cpu: ProcessorTime) => toldEach(cpu, done), (cpu: ProcessorTime) => cpu.userMs + cpu.systemMs];
  const ratio = (total(own) / total(client)).toPrecision(2);
  console.log(
    `  processor time of each: client ${of(client)}, store ${of(own)}; ratio ${ratio}: ${verdict(total(own) < total(client))}`,
  );
  console.log(
    `  the client alone allows ${Math.round((done * 1000) / total(client)).toLocaleString('en')} ${bar.unit}`,
  );
};

const toldEach = ({ userMs, systemMs }: ProcessorTime, done: number): string => {
  const [user, system] = [userMs, systemMs].map((ms) => ((ms * 1000) / done).toPrecision(3));
  return `${user} µs + ${system} µs in the kernel`;
};

export const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'MISSED');
