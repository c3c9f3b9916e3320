import { readdirSync, readFileSync } from 'node:fs';

/**
 * What uses processor time: the thread of the server's own code, its other threads (garbage collection, compilation,
 * cryptography, files), the event store, PostgreSQL, and NATS with whatever else was started.
 */
export const PARTS = ['server', 'threads', 'store', 'postgres', 'others'] as const;

/** Processor time of a product by what used it, in microseconds. */
export type ProcessorTime = Readonly<Record<(typeof PARTS)[number], number>>;

/** What the kernel says of a process and all that it started; undefined where there is no `/proc`. */
export const processorTimeOf = (pid: number): ProcessorTime | undefined => {
  const own = threadsOf(pid);
  if (own === undefined) return undefined;
  const time = { server: own.main, threads: own.rest, store: 0, postgres: 0, others: 0 };
  for (const child of descendantsOf(pid)) {
    const threads = threadsOf(child);
    if (threads !== undefined) time[partOf(child)] += threads.main + threads.rest + reapedBy(child);
  }
  return time;
};

export const NO_TIME: ProcessorTime = { server: 0, threads: 0, store: 0, postgres: 0, others: 0 };

export const between = (from: ProcessorTime, to: ProcessorTime): ProcessorTime =>
  Object.fromEntries(PARTS.map((part) => [part, to[part] - from[part]])) as unknown as ProcessorTime;

export const total = (time: ProcessorTime): number => PARTS.reduce((sum, part) => sum + time[part], 0);

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile.
    return undefined;
  }
};

const list = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

const threadsOf = (pid: number): { readonly main: number; readonly rest: number } | undefined => {
  const times = list(`/proc/${pid}/task`).map((thread) => {
    const [nanoseconds = '0'] = (read(`/proc/${pid}/task/${thread}/schedstat`) ?? '').split(' ');
    return { isMain: thread === String(pid), microseconds: Number(nanoseconds) / 1000 };
  });
  if (times.length === 0) return undefined;
  const sum = (main: boolean): number =>
    times.filter(({ isMain }) => isMain === main).reduce((all, { microseconds }) => all + microseconds, 0);
  return { main: sum(true), rest: sum(false) };
};

/** Of children that ended: back ends of PostgreSQL come and go. In ticks of a hundredth of a second. */
const reapedBy = (pid: number): number => {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return 0;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10_000;
};

const descendantsOf = (pid: number): number[] => {
  const children = list(`/proc/${pid}/task`).flatMap((thread) =>
    (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter((id) => id.trim() !== ''),
  );
  return children.map(Number).flatMap((child) => [child, ...descendantsOf(child)]);
};

const partOf = (pid: number): 'store' | 'postgres' | 'others' => {
  const line = read(`/proc/${pid}/cmdline`) ?? '';
  if (line.includes('postgres')) return 'postgres';
  return line.includes('eventstore') || line.includes('event-store') ? 'store' : 'others';
};
