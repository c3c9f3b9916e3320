import { hash } from 'node:crypto';

/** Two bits of a name's hash a level: 64 bits, so that a million names share no leaf. */
const LEVELS = 32;
const CHILDREN = ['0', '1', '2', '3'] as const;

export interface Branch {
  /** The way to it from the root, a digit a level; the root's is empty. */
  readonly path: string;
  readonly secret: Buffer;
}

/** Where a name's secret is, from the root to the leaf. */
export const pathOf = (name: string): string => {
  const digest = hash('sha256', name, 'buffer').subarray(0, LEVELS / 4);
  return [...digest].map((byte) => byte.toString(4).padStart(4, '0')).join('');
};

/** Children follow from their parent; nothing follows for the parent from its children. */
const childOf = (secret: Buffer, digit: string): Buffer =>
  hash('sha256', Buffer.concat([secret, Buffer.from(digit)]), 'buffer');

const descend = (secret: Buffer, digits: string): Buffer => {
  let at = secret;
  for (const digit of digits) at = childOf(at, digit);
  return at;
};

/**
 * One secret for every name there may ever be, told by the few that are kept: the pseudo-random function of Goldreich, Goldwasser and
 * Micali, which can forget single names. A name is forgotten by putting, for the branch that it hangs on, all that grows there
 * but the way to it.
 */
export class KeyTree {
  private readonly branches: Map<string, Buffer>;

  constructor(branches: Iterable<Branch>) {
    this.branches = new Map(Array.from(branches, ({ path, secret }) => [path, secret]));
  }

  /** Undefined once it was forgotten. */
  secretOf(name: string): Buffer | undefined {
    const path = pathOf(name);
    const branch = this.branchOver(path);
    return branch && descend(branch.secret, path.slice(branch.path.length));
  }

  /** What takes the place of which branch, so that the name's secret can no longer be told; undefined if it cannot be as it is. */
  withoutName(name: string): { readonly falls: Branch; readonly stay: readonly Branch[] } | undefined {
    const path = pathOf(name);
    const falls = this.branchOver(path);
    if (!falls) return undefined;
    const stay: Branch[] = [];
    let { secret } = falls;
    for (let level = falls.path.length; level < LEVELS; level++) {
      for (const digit of CHILDREN) {
        if (digit !== path[level]) stay.push({ path: path.slice(0, level) + digit, secret: childOf(secret, digit) });
      }
      secret = childOf(secret, path[level]!);
    }
    return { falls, stay };
  }

  private branchOver(path: string): Branch | undefined {
    for (let level = 0; level <= LEVELS; level++) {
      const above = path.slice(0, level);
      const secret = this.branches.get(above);
      if (secret) return { path: above, secret };
    }
    return undefined;
  }
}
