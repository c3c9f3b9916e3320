import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;
const FILE = 'reserve';

/** Room that is held for the day when there is none: PostgreSQL writes a little even for those who only read. */
export class Reserve {
  static readonly BYTES = 32 * CHUNK_BYTES;
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, FILE);
  }

  get isHeld(): boolean {
    return statSync(this.path, { throwIfNoEntry: false })?.size === Reserve.BYTES;
  }

  /** Of bytes that no file system makes less of. Where they do not fit, none is held. */
  hold(): void {
    if (this.isHeld) return;
    const file = openSync(this.path, 'w', 0o600);
    try {
      const chunk = randomBytes(CHUNK_BYTES);
      for (let written = 0; written < Reserve.BYTES; written += CHUNK_BYTES) writeSync(file, chunk);
    } catch {
      this.release();
    } finally {
      closeSync(file);
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}
