/** Which faults come, in which order, where and for how long: all of it follows from the seed. */
import { Seeded } from './seeded.js';

export const TARGETS = ['server', 'event store', 'PostgreSQL', 'NATS'] as const;
export type Target = (typeof TARGETS)[number];

export const KINDS = ['killed', 'frozen', 'reset', 'held up', 'lost', 'restarted', 'disk full', 'clock moved'] as const;
export type Kind = (typeof KINDS)[number];

export interface Fault {
  readonly number: number;
  readonly kind: Kind;
  readonly target: Target;
  /** How long it lasts. */
  readonly milliseconds: number;
  /** How long after the one before it begins; they may overlap. */
  readonly afterMilliseconds: number;
  /** By how much a clock is moved. */
  readonly hours: number;
}

/** Restarts of a part take seconds of a core, so they are rarer than what costs nothing. */
const WEIGHTS: readonly (readonly [readonly [Kind, Target], number])[] = [
  [['killed', 'server'], 3],
  [['killed', 'event store'], 5],
  [['killed', 'PostgreSQL'], 4],
  [['killed', 'NATS'], 4],
  [['restarted', 'server'], 2],
  [['restarted', 'event store'], 4],
  [['restarted', 'PostgreSQL'], 3],
  [['restarted', 'NATS'], 4],
  ...TARGETS.map((target) => [['frozen', target], 6] as const),
  ...TARGETS.map((target) => [['reset', target], 6] as const),
  ...TARGETS.map((target) => [['held up', target], 5] as const),
  // A caller of the server who is never answered waits for his own patience to end, and nothing is learned from that.
  ...TARGETS.filter((target) => target !== 'server').map((target) => [['lost', target], 5] as const),
  [['disk full', 'event store'], 8],
  [['clock moved', 'server'], 8],
];

const SHORTEST_MILLISECONDS = 200;
const LONGEST_MILLISECONDS = 2_000;
/** Longer than anybody waits for a peer. */
const LONG = { from: 5_000, to: 25_000 };
const EACH_LONG = 25;
const LONGEST_PAUSE_MILLISECONDS = 1_500;
const HOURS = [-60 * 24, -36, -2, 1, 30, 6 * 24, 30 * 24];

export const plannedFaults = (seed: number, count: number): readonly Fault[] => {
  const chance = new Seeded(seed, 'faults');
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const [kind, target] = chance.weighted(WEIGHTS);
    const short = chance.integer(SHORTEST_MILLISECONDS, LONGEST_MILLISECONDS);
    const long = chance.integer(LONG.from, LONG.to);
    const afterMilliseconds = chance.integer(0, LONGEST_PAUSE_MILLISECONDS);
    const hours = chance.pick(HOURS);
    return { number, kind, target, milliseconds: number % EACH_LONG === 0 ? long : short, afterMilliseconds, hours };
  });
};

export const toldFault = ({ number, kind, target, milliseconds, hours }: Fault): string => {
  const by = kind === 'clock moved' ? ` by ${hours} hours` : '';
  return `fault ${number}: ${target} ${kind}${by} for ${milliseconds} ms`;
};
