import type { AccountId } from '#kernel';
import type { Difference } from '#replay';

/** An account that moved each time is told as it was seen last: one whose revision stays behind for good is wrong. */
const LOOKS_MAX = 10;

/**
 * What differs is looked at again: an account that moved in between is not wrong, and is looked at until it stands still, ten times at the
 * most.
 *
 * @param look compares these accounts once more, by what the log says now
 */
export const lastingDifferences = async (
  first: readonly Difference[],
  look: (accounts: AccountId[]) => Promise<readonly Difference[]>,
): Promise<readonly Difference[]> => {
  const lasting: Difference[] = [];
  let moved = accountsOf(first);
  for (let looks = 1; moved.length > 0; looks++) {
    const differing = await look(moved);
    moved = looks < LOOKS_MAX ? accountsOf(differing.filter(isRevision)) : [];
    const moving = new Set(moved);
    lasting.push(...differing.filter(({ accountId }) => !moving.has(accountId)));
  }
  return lasting;
};

const accountsOf = (differences: readonly Difference[]): AccountId[] => [
  ...new Set(differences.map(({ accountId }) => accountId)),
];

const isRevision = ({ subject, field }: Difference): boolean => subject === 'accounts' && field === '/revision';
