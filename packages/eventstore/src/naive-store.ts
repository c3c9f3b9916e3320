/** For tests: the store as one would tell it, with one array and no cleverness. It shares no code with the real one. */

export type NaiveExpected = number | 'any' | 'no_stream' | 'stream_exists';

export interface NaiveEvent {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly json: string;
  readonly revision: bigint;
  readonly created: number;
}

interface Stored extends NaiveEvent {
  /** Lost at a restart, and when the same id is written again. */
  remembered: boolean;
}

export type NaiveOutcome =
  { readonly written: bigint } | { readonly nothing: bigint } | { readonly conflict: bigint } | 'deleted' | 'done';

interface Metadata {
  readonly $maxCount?: number;
  readonly $maxAge?: number;
  readonly $tb?: number;
}

const END_OF_STREAM = 2n ** 63n - 1n;
const DELETED = '{"$tb":9223372036854775807}';

export class NaiveStore {
  readonly log: Stored[] = [];
  now = 0;
  private systemIds = 0;

  restart(): void {
    for (const event of this.log) event.remembered = false;
  }

  append(stream: string, ids: readonly string[], expected: NaiveExpected, json = '{}'): NaiveOutcome {
    const current = this.current(stream);
    const conflict = { conflict: current };
    if (this.current(stream) === END_OF_STREAM && ids.length > 0) return 'deleted';
    if (expected === 'stream_exists') {
      if (this.isSoftDeleted(stream)) return 'deleted';
      if (current < 0n && this.current(`$$${stream}`) < 0n) return conflict;
    }
    if (expected === 'any' || expected === 'stream_exists') {
      const known = ids.map((id) => this.log.findLast((event) => event.id === id && event.remembered));
      const unknown = known.findIndex((event) => event?.stream !== stream);
      const last = known.at(-1);
      if (unknown < 0 && last !== undefined) return { written: last.revision };
      return unknown > 0 ? conflict : this.write(stream, ids, json);
    }
    const behind = BigInt(expected === 'no_stream' ? -1 : expected);
    if (behind === current) return this.write(stream, ids, json);
    if (behind > current) return conflict;
    const there = this.log.filter((event) => event.stream === stream && event.revision > behind);
    const recreates = expected === 'no_stream' && this.isSoftDeleted(stream);
    if (there[0]?.id !== ids[0]) return recreates ? this.write(stream, ids, json) : conflict;
    const isRepetition = ids.every((id, index) => there[index]?.id === id);
    return isRepetition ? { written: behind + BigInt(ids.length) } : conflict;
  }

  delete(stream: string, expected: NaiveExpected, forEver: boolean): NaiveOutcome {
    const current = this.current(stream);
    if (current === END_OF_STREAM) return 'deleted';
    const hasMetadata = this.current(`$$${stream}`) >= 0n;
    const softDeleted = this.isSoftDeleted(stream);
    if (expected === 'stream_exists' && softDeleted) return 'deleted';
    const agrees =
      expected === 'any' ||
      (expected === 'stream_exists' && (current >= 0n || hasMetadata)) ||
      (expected === 'no_stream' && (current < 0n || softDeleted)) ||
      (typeof expected === 'number' && current === BigInt(expected));
    if (!agrees || (!forEver && current < 0n && !hasMetadata)) return { conflict: current };
    if (forEver) this.put(stream, this.systemId(), '$streamDeleted', '', END_OF_STREAM);
    else this.put(`$$${stream}`, this.systemId(), '$metadata', DELETED, this.current(`$$${stream}`) + 1n);
    return 'done';
  }

  /** What a reader is shown of a stream, in order. */
  shown(stream: string): readonly NaiveEvent[] | 'missing' | 'deleted' {
    if (this.isTombstoned(stream)) return 'deleted';
    const events = this.log.filter((event) => event.stream === stream);
    if (events.length === 0 || this.isSoftDeleted(stream)) return 'missing';
    const { $maxCount, $maxAge, $tb = 0 } = this.metadata(stream);
    const kept = $maxCount === undefined ? events : events.slice(-$maxCount);
    return kept.filter(
      ({ revision, created }) =>
        revision >= BigInt($tb) && ($maxAge === undefined || created >= this.now - $maxAge * 1000),
    );
  }

  private write(stream: string, ids: readonly string[], json: string): NaiveOutcome {
    const before = this.current(stream);
    const original = stream.startsWith('$$') ? stream.slice(2) : undefined;
    const recreated = [stream, original].filter((name) => name !== undefined && this.isSoftDeleted(name));
    for (const id of ids)
      this.put(stream, id, original === undefined ? 'T' : '$metadata', json, this.current(stream) + 1n);
    const written = this.current(stream);
    for (const name of recreated)
      if (name !== undefined) this.recreate(name, name === stream ? before : this.current(name));
    return ids.length === 0 ? { nothing: before } : { written };
  }

  private recreate(stream: string, last: bigint): void {
    const metadata = `$$${stream}`;
    const json = JSON.stringify({ ...this.metadata(stream), $tb: Number(last + 1n) });
    this.put(metadata, this.systemId(), '$metadata', json, this.current(metadata) + 1n);
  }

  private put(stream: string, id: string, type: string, json: string, revision: bigint): void {
    for (const event of this.log) if (event.id === id) event.remembered = false;
    this.log.push({ stream, id, type, json, revision, created: this.now, remembered: true });
  }

  private current(stream: string): bigint {
    return this.log.findLast((event) => event.stream === stream)?.revision ?? -1n;
  }

  private isTombstoned(stream: string): boolean {
    const original = stream.replace(/^\$\$/, '');
    return [stream, original].some((name) => this.current(name) === END_OF_STREAM);
  }

  private isSoftDeleted(stream: string): boolean {
    if (this.current(stream) === END_OF_STREAM) return false;
    return this.log.findLast((event) => event.stream === `$$${stream}`)?.json === DELETED && !stream.startsWith('$$');
  }

  private metadata(stream: string): Metadata {
    if (stream.startsWith('$$')) return { $maxCount: 1 };
    return JSON.parse(this.log.findLast((event) => event.stream === `$$${stream}`)?.json ?? '{}') as Metadata;
  }

  private systemId(): string {
    return `s${this.systemIds++}`;
  }
}
