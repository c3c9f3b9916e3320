import { hash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KeyTree, type Branch } from './key-tree.js';

const MAGIC = Buffer.from('recount key ring 1\n'.padEnd(24));
const ID_AT = MAGIC.length;
const ID_BYTES = 16;
const CHANGES_AT = ID_AT + ID_BYTES;
const CHANGES_BYTES = 8;
const HEADER_BYTES = CHANGES_AT + CHANGES_BYTES;

/** Length of the path, path, secret, and the beginning of their digest: what was written in half counts for nothing. */
const PATH_BYTES = 32;
const SECRET_BYTES = 32;
const CHECK_BYTES = 7;
const BRANCH_BYTES = 1 + PATH_BYTES + SECRET_BYTES + CHECK_BYTES;

/** The file is no key ring, or not the one that is wanted. */
export class WrongKeyRing extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongKeyRing';
  }
}

/**
 * The one place whose bytes are destroyed when a person is erased: a small file beside the databases, overwritten where it stands. It
 * gives every key its secret and is written on erasures alone. Other processes see what was forgotten on their next look.
 */
export class KeyRing {
  private tree = new KeyTree([]);
  private changes = -1n;

  private constructor(private readonly file: number) {}

  /** Made where there is none. @throws WrongKeyRing */
  static open(path: string): KeyRing {
    if (!existsSync(path)) make(path);
    const ring = new KeyRing(openSync(path, 'r+'));
    if (!ring.read(0, MAGIC.length).equals(MAGIC)) throw new WrongKeyRing(`${path} is not a key ring.`);
    return ring;
  }

  /** Tells rings apart, and tells nothing of what they hold. */
  get id(): string {
    return this.read(ID_AT, ID_BYTES).toString('hex');
  }

  /** Moves when something was forgotten, by whatever process: secrets told before are not to be used again. */
  get version(): bigint {
    return this.read(CHANGES_AT, CHANGES_BYTES).readBigUInt64BE();
  }

  /** 32 bytes, always the same for a name; undefined once it was forgotten. */
  secretOf(name: string): Buffer | undefined {
    const { version } = this;
    if (version !== this.changes) {
      this.tree = new KeyTree(this.branches().map(({ branch }) => branch));
      this.changes = version;
    }
    return this.tree.secretOf(name);
  }

  /** For good, and durable when it returns. One process at a time may do this; done again, it changes nothing. */
  forget(name: string): void {
    this.clearTornWrites();
    // More than one branch may tell it, where an earlier erasure was interrupted.
    while (this.forgetOnce(name));
    const next = Buffer.alloc(CHANGES_BYTES);
    next.writeBigUInt64BE(this.version + 1n);
    this.write(CHANGES_AT, next);
  }

  close(): void {
    closeSync(this.file);
  }

  private forgetOnce(name: string): boolean {
    const standing = this.branches();
    const change = new KeyTree(standing.map(({ branch }) => branch)).withoutName(name);
    if (!change) return false;
    // What stays is durable before anything is destroyed: a crash in between leaves the name to be forgotten again.
    const end = HEADER_BYTES + Math.ceil((this.size - HEADER_BYTES) / BRANCH_BYTES) * BRANCH_BYTES;
    this.write(end, Buffer.concat(change.stay.map(bytesOf)));
    for (const { at, branch } of standing)
      if (branch.path === change.falls.path) this.write(at, Buffer.alloc(BRANCH_BYTES));
    return true;
  }

  private branches(): { readonly at: number; readonly branch: Branch }[] {
    return this.records().flatMap(({ at, bytes }) => {
      const branch = branchOf(bytes);
      return branch ? [{ at, branch }] : [];
    });
  }

  /** Half a branch may be half a secret. */
  private clearTornWrites(): void {
    const empty = Buffer.alloc(BRANCH_BYTES);
    for (const { at, bytes } of this.records())
      if (!branchOf(bytes) && !bytes.equals(empty.subarray(0, bytes.length)))
        this.write(at, empty.subarray(0, bytes.length));
  }

  private records(): { readonly at: number; readonly bytes: Buffer }[] {
    const all = this.read(HEADER_BYTES, Math.max(0, this.size - HEADER_BYTES));
    return Array.from({ length: Math.ceil(all.length / BRANCH_BYTES) }, (_, index) => ({
      at: HEADER_BYTES + index * BRANCH_BYTES,
      bytes: all.subarray(index * BRANCH_BYTES, (index + 1) * BRANCH_BYTES),
    }));
  }

  private get size(): number {
    return fstatSync(this.file).size;
  }

  private read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.file, bytes, 0, length, at));
  }

  private write(at: number, bytes: Buffer): void {
    writeFully(this.file, bytes, at);
    fsyncSync(this.file);
  }
}

const bytesOf = ({ path, secret }: Branch): Buffer => {
  const told = Buffer.concat([Buffer.from([path.length]), Buffer.from(path.padEnd(PATH_BYTES, '-')), secret]);
  return Buffer.concat([told, checkOf(told)]);
};

const branchOf = (bytes: Buffer): Branch | undefined => {
  const told = bytes.subarray(0, -CHECK_BYTES);
  if (bytes.length !== BRANCH_BYTES || !checkOf(told).equals(bytes.subarray(-CHECK_BYTES))) return undefined;
  return {
    path: told.subarray(1, 1 + told[0]!).toString(),
    // A copy: the whole file is not to stay in memory for the sake of a branch.
    secret: Buffer.from(told.subarray(1 + PATH_BYTES)),
  };
};

const checkOf = (told: Buffer): Buffer => hash('sha256', told, 'buffer').subarray(0, CHECK_BYTES);

/** Whole or not at all; of several processes that make it at once, one makes it and the others find it. */
const make = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    const root = bytesOf({ path: '', secret: randomBytes(SECRET_BYTES) });
    writeFully(file, Buffer.concat([MAGIC, randomBytes(ID_BYTES), Buffer.alloc(CHANGES_BYTES), root]), 0);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    rmSync(draft);
  }
  syncFolder(dirname(path));
};

const syncFolder = (path: string): void => {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
};

const writeFully = (file: number, bytes: Buffer, at: number): void => {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
};
