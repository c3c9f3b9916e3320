import type { AliasFact } from '#contracts';
import { refuse, type Decider } from '#kernel';

type Reservation = AliasFact['data'];

export type AliasCommand = { readonly type: 'ReserveAlias' | 'ReleaseAlias'; readonly reservation: Reservation };

export interface Alias {
  targetId: string | null;
  /** Those whom it belonged to before, in their order. */
  former: string[];
  /** Requests of the target that reserved it and did not give it back: it is free when none is left. */
  holds: number;
}

/** A name that is unique in a tenant. It belongs to one target until every request that reserved it for that gave it back. */
export const aliasDecider: Decider<Alias, AliasCommand, AliasFact> = {
  initialState: () => ({ targetId: null, former: [], holds: 0 }),

  decide({ type, reservation }, { targetId }) {
    if (type === 'ReleaseAlias')
      return targetId === reservation.targetId ? [{ type: 'AliasReleased', data: reservation }] : [];
    if (targetId !== null && targetId !== reservation.targetId)
      return refuse('external_id_taken', 'Another one has this external id already.', 'conflict');
    return [{ type: 'AliasReserved', data: reservation }];
  },

  evolve(alias, { type, data }) {
    alias.holds += type === 'AliasReserved' ? 1 : -1;
    if (alias.holds === 0 && !alias.former.includes(data.targetId)) alias.former.push(data.targetId);
    alias.targetId = alias.holds > 0 ? data.targetId : null;
  },
};
