/** Bench: the event store and its clients, each in a process of its own. `BENCH_PARTS=size` runs a part. */
import { benchAppends } from './eventstore/appends.js';
import { benchSize } from './eventstore/size.js';
import { benchThroughput } from './eventstore/throughput.js';

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  appends: benchAppends,
  throughput: benchThroughput,
  size: benchSize,
};

export const benchEventStore = async (): Promise<void> => {
  for (const part of process.env['BENCH_PARTS']?.split(',') ?? Object.keys(PARTS)) {
    const bench = PARTS[part];
    if (bench === undefined) throw new Error(`BENCH_PARTS knows ${Object.keys(PARTS).join(' and ')}, and no ${part}.`);
    await bench();
  }
};
