import { drained } from '#ledger';

/** Prepaid or promised money that lines draw on, in minor units. */
export interface Commit {
  readonly id: string;
  readonly remaining: bigint;
  /** Lower is drawn first; among equals what ends first, then what came first. */
  readonly priority: number;
  readonly expiresOn?: string;
  /** Only lines with one of these tags draw on it; any line without. */
  readonly tags?: readonly string[];
}

export interface DrawingLine {
  readonly id: string;
  readonly amount: bigint;
  readonly tags?: readonly string[];
}

export interface Draw {
  readonly commitId: string;
  readonly lineId: string;
  readonly amount: bigint;
}

export interface CommitDrawdown {
  readonly draws: readonly Draw[];
  /** What is left to pay of each line, by id. */
  readonly due: ReadonlyMap<string, bigint>;
  /** What is left of each commit, by id. */
  readonly remaining: ReadonlyMap<string, bigint>;
}

/**
 * Draws lines, in their order, on the commits that may pay them: by priority, then by end, then as given. Nothing is rounded: a
 * draw is the lesser of what the line owes and what the commit has left.
 */
export const applyCommitDrawdown = (lines: readonly DrawingLine[], commits: readonly Commit[]): CommitDrawdown => {
  const ordered = [...commits].sort(inDrawingOrder);
  const remaining = new Map(commits.map(({ id, remaining }) => [id, remaining]));
  const due = new Map<string, bigint>();
  const draws: Draw[] = [];
  for (const line of lines) {
    const open = ordered.filter((commit) => pays(commit, line));
    const taken = drained(
      line.amount,
      open.map(({ id }) => remaining.get(id)!),
    );
    open.forEach(({ id }, index) => {
      const amount = taken[index]!;
      if (amount === 0n) return;
      remaining.set(id, remaining.get(id)! - amount);
      draws.push({ commitId: id, lineId: line.id, amount });
    });
    due.set(
      line.id,
      taken.reduce((left, amount) => left - amount, line.amount),
    );
  }
  return { draws, due, remaining };
};

const pays = ({ tags }: Commit, line: DrawingLine): boolean =>
  tags === undefined || (line.tags ?? []).some((tag) => tags.includes(tag));

const LAST = '9999-12-31';

const inDrawingOrder = (left: Commit, right: Commit): number => {
  if (left.priority !== right.priority) return left.priority - right.priority;
  const [first, second] = [left.expiresOn ?? LAST, right.expiresOn ?? LAST];
  return first === second ? 0 : first < second ? -1 : 1;
};
