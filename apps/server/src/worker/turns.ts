import type { TenantId } from '#kernel';
import pLimit, { type LimitFunction } from 'p-limit';

/** Pieces of work of many tenants: one of each at a time, few at a time of all. Who has much to do waits for those who have little. */
export class Turns {
  private readonly all: LimitFunction;
  private readonly tenants = new Map<TenantId, LimitFunction>();

  constructor(atATime: number) {
    this.all = pLimit(atATime);
  }

  async take<Result>(tenantId: TenantId, work: () => Promise<Result>): Promise<Result> {
    const own = this.tenants.get(tenantId) ?? pLimit(1);
    this.tenants.set(tenantId, own);
    try {
      return await own(() => this.all(work));
    } finally {
      if (own.activeCount + own.pendingCount === 0) this.tenants.delete(tenantId);
    }
  }
}
