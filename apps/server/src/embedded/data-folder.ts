import {
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { access } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join, resolve } from 'node:path';

/** Something that a person can put right, said in one line. */
export class StartRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefused';
  }
}

/** What a first start needs: an empty Postgres alone takes some 60 MiB, and its log more. */
const FREE_BYTES_MIN = 256 * 1024 * 1024;

/** The folder that holds everything embedded, locked for this process. */
export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: Server,
  ) {}

  /** @throws StartRefused */
  static async open(path: string): Promise<DataFolder> {
    // What this process and those that it starts write is its user’s alone, whoever starts it.
    process.umask(0o077);
    await prepare(path);
    const folder = realpathSync(path);
    const lock = await lockFolder(folder);
    closeToOthers(folder);
    return new DataFolder(folder, lock);
  }

  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  async release(): Promise<void> {
    await new Promise((resolve) => this.lock.close(resolve));
  }
}

const prepare = async (path: string): Promise<void> => {
  try {
    makeFolder(resolve(path));
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartRefused(reasonFor(path, error));
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < FREE_BYTES_MIN) {
    throw new StartRefused(`The disk of ${path} is full: Recount needs at least 256 MiB free.`);
  }
};

/** One by one: Node's own recursion goes round for ever where a file system makes no folders, such as /proc. */
const makeFolder = (path: string): void => {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
    return;
  }
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};

const LINK = constants.S_IFLNK;

/** PostgreSQL has a user of its own where it is started by root, who passes through the folder. */
const othersMay = (): number => (process.getuid?.() === 0 ? 0o066 : 0o077);

/** A folder that was made by hand, or copied from a backup. Where it is somebody else’s, its rights are theirs to set. */
const closeToOthers = (folder: string): void => {
  if ((statSync(folder).mode & othersMay()) === 0 || statSync(folder).uid !== process.getuid?.()) return;
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    // What is left of a process that was killed may still be at work.
    if (!found || (found.mode & 0o170000) === LINK || (found.mode & 0o077) === 0) continue;
    chmodSync(path, found.mode & 0o700);
  }
};

const reasonFor = (path: string, error: unknown): string => {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT': // What /proc says.
      return `The data folder ${path} cannot be written: check its permissions, or set RECOUNT_DATA_DIR.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data folder ${path} is a file: set RECOUNT_DATA_DIR to a folder.`;
    case 'ENOSPC':
      return `The disk of ${path} is full.`;
    default:
      return `The data folder ${path} cannot be used: ${(error as Error).message}.`;
  }
};

/** A listening socket is a lock that the kernel frees when the process dies, however it dies. */
const lockFolder = async (folder: string): Promise<Server> => {
  const abstract = process.platform === 'linux';
  const address = abstract ? `\0recount:${folder}` : join(folder, 'lock.sock');
  const server = await listening(address).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || abstract || (await answers(address))) return null;
    rmSync(address);
    return listening(address).catch(() => null);
  });
  if (server === null) throw new StartRefused(`Another Recount is running on the data folder ${folder}.`);
  return server;
};

const listening = (address: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });

/** A socket file that nobody answers on was left behind by a process that is dead. */
const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address, () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
