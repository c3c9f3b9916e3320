import type { Refusals } from '#kernel';

export const ALIAS_REFUSALS: Refusals = {
  external_id_taken: 'Another one has this external id already.',
};
