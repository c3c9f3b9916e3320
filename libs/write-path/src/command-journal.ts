import { hash } from 'node:crypto';
import type { EventMetadata } from '#contracts';
import { isBefore, plusDuration, type Instant } from '#kernel';

const REMEMBERED_DAYS = 7;
/** So many commands are noted by their ids, and twice as many at most: older ones by fingerprints, which take a tenth of the room. */
const RECENT_COMMANDS = 512;
const FINGERPRINT_BYTES = 6;

/** Where a command left its events in the stream: the first revision, and the last. */
export interface CommandTrace {
  readonly first: number;
  readonly last: number;
}

/** What a journal remembers, as it is kept. */
export interface Remembered {
  /** By the ids of commands, oldest first. */
  readonly recent: ReadonlyMap<string, CommandTrace>;
  /** Of older ones, by fingerprints of their ids, in order. */
  readonly older: OlderTraces;
  /** The last event of a time at which commands grew old, oldest first. */
  readonly marks: readonly Mark[];
}

interface OlderTraces {
  readonly fingerprints: Float64Array;
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
}

interface Mark {
  readonly revision: number;
  readonly recordedAt: Instant;
}

type OlderTrace = CommandTrace & { readonly fingerprint: number };

/**
 * The commands of a stream's last seven days, by its own time: the line of idempotency that needs no table. Whose the events are and when they
 * were stored, the log says.
 */
export class CommandJournal {
  private readonly recent: Map<string, CommandTrace>;
  private older: OlderTraces;
  private marks: readonly Mark[];

  constructor({ recent, older, marks }: Remembered) {
    this.recent = new Map(recent);
    this.older = older;
    this.marks = marks;
  }

  /** Where the events of a command may stand, the last first: a fingerprint may be that of another. */
  find(commandId: string): readonly CommandTrace[] {
    const known = this.recent.get(commandId);
    if (known !== undefined) return [known];
    const { fingerprints, firsts, lasts } = this.older;
    if (fingerprints.length === 0) return [];
    const wanted = fingerprintOf(commandId);
    const found: CommandTrace[] = [];
    for (let at = firstAtLeast(fingerprints, wanted); fingerprints[at] === wanted; at++)
      found.unshift({ first: firsts[at]!, last: lasts[at]! });
    return found;
  }

  note({ commandId, recordedAt }: EventMetadata, revision: number): void {
    const known = this.recent.get(commandId);
    const isNext = known?.last === revision - 1;
    // One that was forgotten may be carried out again: its place is behind the others then.
    if (!isNext) this.recent.delete(commandId);
    this.recent.set(commandId, { first: isNext ? known.first : revision, last: revision });
    if (this.recent.size >= 2 * RECENT_COMMANDS) this.age({ revision, recordedAt });
  }

  remembered(): Remembered {
    const { recent, older, marks } = this;
    return { recent, older, marks };
  }

  /** Fingerprints take the place of the older half; what is older than seven days goes. */
  private age(now: Mark): void {
    const forgotten = this.marks.findLast(({ recordedAt }) => isForgotten(recordedAt, now.recordedAt))?.revision ?? -1;
    this.marks = [...this.marks.filter(({ revision }) => revision > forgotten), now];
    const aged: OlderTrace[] = [];
    for (const [commandId, trace] of this.recent) {
      aged.push({ ...trace, fingerprint: fingerprintOf(commandId) });
      this.recent.delete(commandId);
      if (aged.length === RECENT_COMMANDS) break;
    }
    const older = merged(this.older, aged);
    this.older = forgotten < 0 ? older : kept(older, forgotten);
  }
}

/** Whether a command of then is remembered no longer. */
export const isForgotten = (recordedAt: Instant, now: Instant): boolean =>
  isBefore(plusDuration(recordedAt, { days: REMEMBERED_DAYS }), now);

/** A whole number of 48 bits. */
const fingerprintOf = (commandId: string): number =>
  hash('sha256', commandId, 'buffer').readUIntBE(0, FINGERPRINT_BYTES);

const spaceFor = (traces: number): OlderTraces => ({
  fingerprints: new Float64Array(traces),
  firsts: new Uint32Array(traces),
  lasts: new Uint32Array(traces),
});

/** A command waits for it: only what has grown old is sorted, and what lies between two of them is moved in one go. */
const merged = (older: OlderTraces, aged: OlderTrace[]): OlderTraces => {
  aged.sort((a, b) => a.fingerprint - b.fingerprint || a.first - b.first);
  const all = spaceFor(older.firsts.length + aged.length);
  let from = 0;
  const move = (end: number, to: number): void => {
    for (const part of PARTS) all[part].set(older[part].subarray(from, end), to);
    from = end;
  };
  for (const [index, { fingerprint, first, last }] of aged.entries()) {
    // Behind all of the same fingerprint.
    move(firstAtLeast(older.fingerprints, fingerprint + 1), from + index);
    all.fingerprints[from + index] = fingerprint;
    all.firsts[from + index] = first;
    all.lasts[from + index] = last;
  }
  move(older.firsts.length, from + aged.length);
  return all;
};

const kept = ({ fingerprints, firsts, lasts }: OlderTraces, forgotten: number): OlderTraces => {
  const isKept = (_: number, index: number): boolean => lasts[index]! > forgotten;
  return { fingerprints: fingerprints.filter(isKept), firsts: firsts.filter(isKept), lasts: lasts.filter(isKept) };
};

const PARTS = ['fingerprints', 'firsts', 'lasts'] as const;

const firstAtLeast = (sorted: Float64Array, wanted: number): number => {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** Of a stream that has no commands yet. */
export const NO_COMMANDS: Remembered = { recent: new Map(), older: spaceFor(0), marks: [] };
