import { hash } from 'node:crypto';

/**
 * Which member a key belongs to: the one with the largest digest of both (rendezvous hashing). All who know the same members say the same,
 * and when one comes or goes, only its own keys move.
 */
export const ownerOf = (members: readonly string[], key: string): string | undefined => {
  let owner: string | undefined;
  let largest = '';
  for (const member of members) {
    const digest = hash('sha1', `${member} ${key}`);
    if (digest <= largest) continue;
    [owner, largest] = [member, digest];
  }
  return owner;
};
