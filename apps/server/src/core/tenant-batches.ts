import type { TenantId } from '#kernel';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';

const TENANTS_MAX = 1_000;

/**
 * What is asked of the database for a tenant while the same is being asked already goes together next: many cost what few do, and a tenant
 * waits for its own alone.
 */
export class TenantBatches<Question, Answer> {
  private readonly loaders = new LRUCache<TenantId, DataLoader<Question, Answer>>({ max: TENANTS_MAX });

  /** @param ask answers in the order of the questions, of which there are `most` at once */
  constructor(
    private readonly ask: (tenantId: TenantId, questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly most: number,
  ) {}

  of(tenantId: TenantId, question: Question): Promise<Answer> {
    let loader = this.loaders.get(tenantId);
    if (!loader) this.loaders.set(tenantId, (loader = this.loaderOf(tenantId)));
    return loader.load(question);
  }

  private loaderOf(tenantId: TenantId): DataLoader<Question, Answer> {
    let asking: Promise<unknown> = Promise.resolve();
    return new DataLoader<Question, Answer>(
      (questions) => {
        const answers = this.ask(tenantId, questions);
        // Whoever waits for a batch is told of its failure.
        asking = answers.catch(() => undefined);
        return answers;
      },
      {
        cache: false,
        maxBatchSize: this.most,
        // After what the event loop has at hand: what arrives together goes together.
        batchScheduleFn: (begin) => void asking.then(() => setImmediate(begin)),
      },
    );
  }
}
