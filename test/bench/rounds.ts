/** What one benchmark measured, and the ceiling of the same run that it is held against. */
export interface Measurement {
  readonly title: string;
  readonly unit: string;
  readonly rates: readonly number[];
  readonly ceiling?: { readonly title: string; readonly rate: number };
}

/** Runs a benchmark several times; each round answers how much it did, and is timed. */
export const rounds = async (count: number, round: (index: number) => Promise<number>): Promise<number[]> => {
  const rates: number[] = [];
  for (let index = 0; index < count; index++) {
    const begun = performance.now();
    const done = await round(index);
    rates.push((done * 1000) / (performance.now() - begun));
  }
  return rates;
};

/** The same for work that computes and does not wait: per second of processor time, so that neighbours on the machine do not count. */
export const processorRounds = (count: number, round: (index: number) => number): number[] => {
  const rates: number[] = [];
  for (let index = 0; index < count; index++) {
    const begun = process.cpuUsage();
    const done = round(index);
    const { user, system } = process.cpuUsage(begun);
    rates.push((done * 1_000_000) / (user + system));
  }
  return rates;
};

export const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

export const print = ({ title, unit, rates, ceiling }: Measurement): void => {
  const spread = [Math.min(...rates), median(rates), Math.max(...rates)].map(rounded).join(' / ');
  console.log(`${title}: ${spread} ${unit} (min / median / max of ${rates.length})`);
  if (!ceiling) return;
  const ratio = Math.round((median(rates) / ceiling.rate) * 100) / 100;
  console.log(`  ceiling of this run, ${ceiling.title}: ${rounded(ceiling.rate)} ${unit}; ratio ${ratio}`);
};

const rounded = (value: number): string => Math.round(value).toLocaleString('en');
