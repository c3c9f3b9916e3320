/** A file system of its own that is small enough to be filled. */
import { mkdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../chaos/eventstore/tools.js';

const CHUNK_BYTES = 1024 * 1024;
const LEAST_BYTES = 512;

export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Null where none can be mounted: it takes root, and a machine that lets it. */
  static mount(folder: string, mebibytes: number): SmallDisk | null {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return null;
    mkdirSync(folder, { recursive: true });
    const isMounted = run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=711`, 'recount-chaos', folder) === 0;
    return isMounted ? new SmallDisk(folder) : null;
  }

  /** To the last byte. */
  async fill(): Promise<void> {
    const filler = await open(this.filler, 'a');
    try {
      for (let bytes = CHUNK_BYTES; bytes >= LEAST_BYTES;) {
        try {
          await filler.write(Buffer.alloc(bytes, 1));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          bytes /= 2;
        }
      }
    } finally {
      await filler.close();
    }
  }

  async empty(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  /** Once nobody uses it any more. */
  unmount(): void {
    run('umount', this.folder);
  }

  /** It goes when the last one who uses it does. */
  leave(): void {
    run('umount', '--lazy', this.folder);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}
