import { refuse, type Decider, type Event } from '#kernel';

interface Reservation {
  readonly type: 'subscription';
  readonly hash: string;
  readonly targetId: string;
}

export type AliasReserved = Event<'AliasReserved', Reservation>;
export type AliasReleased = Event<'AliasReleased', Reservation>;
export type AliasEvent = AliasReserved | AliasReleased;

export type AliasCommand = { readonly type: 'ReserveAlias' | 'ReleaseAlias'; readonly reservation: Reservation };

/** A name that is unique in a tenant. It belongs to one target until that gives it back. */
export const aliasDecider: Decider<{ targetId: string | null }, AliasCommand, AliasEvent> = {
  initialState: () => ({ targetId: null }),

  decide({ type, reservation }, { targetId }) {
    if (type === 'ReleaseAlias')
      return targetId === reservation.targetId ? [{ type: 'AliasReleased', data: reservation }] : [];
    if (targetId === reservation.targetId) return [];
    if (targetId !== null) return refuse('external_id_taken', 'Another one has this external id already.', 'conflict');
    return [{ type: 'AliasReserved', data: reservation }];
  },

  evolve(alias, { type, data }) {
    alias.targetId = type === 'AliasReserved' ? data.targetId : null;
  },
};
