import type { AccountId, TenantId } from '#kernel';
import { LRUCache } from 'lru-cache';

/** An account that there may be something to do for. */
interface Looked {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
}

const REMEMBERED_MAX = 100_000;

/** Goes through accounts page by page, and leaves out those that are as they were when they were last looked at. */
export class AccountLooks<One extends Looked> {
  /** How each account was, by its id. */
  private readonly looked = new LRUCache<string, string | number>({ max: REMEMBERED_MAX });

  /** @param stateOf what tells whether anything came since */
  constructor(
    private readonly accountsAtATime: number,
    private readonly stateOf: (one: One) => string | number,
  ) {}

  /** @param act names those that changed meanwhile: they are looked at again, whatever comes */
  async look(
    pageOf: (page: { readonly after: One | null; readonly limit: number }) => Promise<One[]>,
    act: (tenantId: TenantId, accountIds: readonly AccountId[]) => Promise<readonly AccountId[]>,
    signal: AbortSignal,
  ): Promise<void> {
    let page: One[] = [];
    do {
      page = await pageOf({ after: page.at(-1) ?? null, limit: this.accountsAtATime });
      const unseen = page.filter((one) => this.looked.get(one.accountId) !== this.stateOf(one));
      for (const [tenantId, own] of Map.groupBy(unseen, (one) => one.tenantId)) {
        const accountIds = own.map(({ accountId }) => accountId);
        const changed = await act(tenantId, accountIds);
        for (const one of own) if (!changed.includes(one.accountId)) this.looked.set(one.accountId, this.stateOf(one));
      }
    } while (page.length === this.accountsAtATime && !signal.aborted);
  }
}
