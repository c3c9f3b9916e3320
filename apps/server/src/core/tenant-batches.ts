import type { TenantId } from '#kernel';
import type DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { batchesOf } from './batches.js';

const TENANTS_MAX = 1_000;

/** What is asked of the database for a tenant goes together, and a tenant waits for its own alone. */
export class TenantBatches<Question, Answer> {
  private readonly loaders = new LRUCache<TenantId, DataLoader<Question, Answer>>({ max: TENANTS_MAX });

  /** @param ask answers in the order of the questions, of which there are `most` at once */
  constructor(
    private readonly ask: (tenantId: TenantId, questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly most: number,
  ) {}

  of(tenantId: TenantId, question: Question): Promise<Answer> {
    let loader = this.loaders.get(tenantId);
    if (!loader)
      this.loaders.set(tenantId, (loader = batchesOf((questions) => this.ask(tenantId, questions), this.most)));
    return loader.load(question);
  }
}
