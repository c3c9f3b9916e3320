import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedEvent } from '#kernel';
import type { AccountStreams } from '#replay';

const CHUNK_CHARACTERS = 1024 * 1024;
/** Read at once, unless one event is larger. */
const PLACE_BYTES_MAX = 1024 * 1024;
const OWNER_ALONE = 0o600;

/**
 * Events in the order of the log, put down in a temporary file to be read again stream by stream: memory has their places alone. What is
 * personal in them is sealed, as in the log; the file is nobody else's, and gone with whoever made it.
 */
export class ShelvedEvents implements AccountStreams {
  /** By stream, where its events begin and end: those that stand behind each other are one place, up to a size. */
  private readonly places = new Map<string, number[]>();
  private pending = '';
  private writing = Promise.resolve();
  private end = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly reading: number,
  ) {}

  static async open(): Promise<ShelvedEvents> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-verification-'));
    const path = join(folder, 'events');
    const file = await open(path, 'wx', OWNER_ALONE);
    const reading = openSync(path, 'r');
    // Two hold it, and nobody finds it any more: it is gone with them, however they end.
    rmSync(folder, { recursive: true });
    return new ShelvedEvents(file, reading);
  }

  /** Something to wait for, now and then. */
  put({ stream, position, ...event }: LoggedEvent): Promise<void> | undefined {
    const line = `${JSON.stringify({ ...event, position: String(position) })}\n`;
    const begin = this.end;
    this.end += Buffer.byteLength(line);
    this.note(stream, begin);
    this.pending += line;
    return this.pending.length < CHUNK_CHARACTERS ? undefined : this.flush();
  }

  async *readStream(stream: string): AsyncGenerator<LoggedEvent> {
    await this.flush();
    const places = this.places.get(stream) ?? [];
    for (let index = 0; index < places.length; index += 2)
      yield* this.eventsBetween(stream, places[index]!, places[index + 1]!);
  }

  async close(): Promise<void> {
    closeSync(this.reading);
    await this.file.close();
  }

  /** Everything that was put so far, whoever waits for it. */
  private flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text !== '') this.writing = this.writing.then(() => this.file.appendFile(text));
    return this.writing;
  }

  private note(stream: string, begin: number): void {
    const places = this.places.get(stream);
    if (!places) this.places.set(stream, [begin, this.end]);
    else if (places.at(-1) === begin && this.end - places.at(-2)! < PLACE_BYTES_MAX)
      places[places.length - 1] = this.end;
    else places.push(begin, this.end);
  }

  /** At once: what was written a moment ago is in the memory of the system. */
  private *eventsBetween(stream: string, begin: number, end: number): Generator<LoggedEvent> {
    const bytes = Buffer.allocUnsafe(end - begin);
    for (let read = 0; read < bytes.length;) {
      const more = readSync(this.reading, bytes, read, bytes.length - read, begin + read);
      if (more === 0) throw new Error('The events that a verification put down are not there any more.');
      read += more;
    }
    for (const line of bytes.toString('utf8').split('\n')) {
      if (line === '') continue;
      const { position, ...event } = JSON.parse(line) as Omit<LoggedEvent, 'position'> & { readonly position: string };
      yield { ...event, stream, position: BigInt(position) };
    }
  }
}
