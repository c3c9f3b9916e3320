import type { ProfileFact } from '#contracts';
import { refuseAt } from '#kernel';
import { StaleFacts } from '../invoice/stale-facts.js';
import type { NewExternalId, ProfileCommand } from './account.commands.js';
import type { Account, Profile } from './account.state.js';
import { refuseErased } from './erasure.js';

/** Another external id than before, or none. @throws DomainError `personal_data_erased` */
export const changedExternalId = (
  { personal, replaces, reserved }: NewExternalId,
  account: Account,
  profile: Profile,
): readonly ProfileFact[] => {
  const { externalIdHeldAt, externalIdsFormerlyAt } = account;
  if (reserved?.hash === profile.externalIdHash) return [];
  refuseErased(account);
  if (replaces.iv !== profile.personal.iv) throw new StaleFacts('The contact changed in between.');
  // What was given up may belong to another account by now.
  if (reserved && externalIdsFormerlyAt.includes(reserved.at)) throw new StaleFacts('The external id was given up.');
  return [
    {
      type: 'AccountExternalIdChanged',
      data: {
        ...(reserved ? { externalIdHash: reserved.hash } : {}),
        personal,
        ...(reserved ? { heldAt: reserved.at } : {}),
        ...(externalIdHeldAt === null ? {} : { formerlyAt: externalIdHeldAt }),
      },
    },
  ];
};

/** @throws DomainError `external_id_taken` */
export const reservedExternalId = (
  { accountId }: Extract<ProfileCommand, { type: 'ReserveExternalId' }>,
  { profile, reservedFor }: Account,
): readonly ProfileFact[] => {
  if (profile !== null || (reservedFor !== null && reservedFor !== accountId))
    return refuseAt('/externalId', 'external_id_taken', 'Another one has this external id already.', 'conflict');
  return reservedFor === null ? [{ type: 'ExternalIdReserved', data: { accountId } }] : [];
};
