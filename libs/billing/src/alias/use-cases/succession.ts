import type { AccountId } from '#kernel';

/** How an external id leads to ids: the next one where the owner of the one before is erased. */
export interface Succession<Id> {
  readonly first: (externalId: string) => Id;
  readonly next: (externalId: string, id: Id, owner: AccountId) => Id;
  /** Those whose owner is erased. */
  readonly owners: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, AccountId>>;
}

/** Each step passes over what was erased: there are as many as one name was erased. */
export const followed = async <Id>(
  externalIds: Iterable<string>,
  { first, next, owners }: Succession<Id>,
): Promise<ReadonlyMap<string, Id>> => {
  const found = new Map([...externalIds].map((externalId) => [externalId, first(externalId)]));
  for (let open = [...found]; open.length > 0;) {
    const erased = await owners(open.map(([, id]) => id));
    open = open.flatMap(([externalId, id]) => {
      const owner = erased.get(id);
      return owner === undefined ? [] : [[externalId, next(externalId, id, owner)]];
    });
    for (const [externalId, id] of open) found.set(externalId, id);
  }
  return found;
};
