import type { TenantId } from '#kernel';
import { SealedAnswers } from '#personal-data';
import { TenantTransactions } from '#postgres';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import DataLoader from 'dataloader';
import { UnsavedAnswers, type SealedAnswer } from './unsaved-answers.js';

const KEYS_AT_ONCE = 500;

export interface SavedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a key: it is ours to carry out, it was answered, it is being carried out, or it came with another request. */
export type Claim =
  | { readonly outcome: 'claimed' }
  | { readonly outcome: 'answered'; readonly answer: SavedAnswer }
  | { readonly outcome: 'in_progress' }
  | { readonly outcome: 'reused' };

interface SavedRow {
  readonly key: string;
  readonly request_hash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly key_ids: readonly string[];
}

interface Asked {
  readonly tenantId: TenantId;
  readonly key: string;
}

/** A key that this process looks up or carries out, or whose answer is not saved yet. */
interface Known {
  readonly requestHash: string;
  readonly claim: Promise<Claim>;
  answer?: SealedAnswer;
}

/**
 * Answers by idempotency key. What guards against doing something twice is the log: a command's identity follows from its key, and its stream
 * remembers it. So nobody waits until an answer is saved, and none is taken that was lost: the same command, carried out again, is answered
 * from its stream. Processes that get the same key at the same moment both carry it out, and one of them finds it done.
 */
@Injectable()
export class IdempotencyStore implements BeforeApplicationShutdown {
  private readonly known = new Map<string, Known>();
  /** Looks up together what is asked while a look-up is under way: each waits for two at the most, and many cost what few do. */
  private readonly saved = new DataLoader<Asked, SavedRow | undefined>((asked) => this.lookedUp(asked), {
    cache: false,
    maxBatchSize: KEYS_AT_ONCE,
    batchScheduleFn: (begin) => void this.lookingUp.finally(() => setImmediate(begin)),
  });
  private lookingUp: Promise<unknown> = Promise.resolve();
  private readonly unsaved: UnsavedAnswers;

  constructor(
    private readonly database: TenantTransactions,
    private readonly answers: SealedAnswers,
  ) {
    this.unsaved = new UnsavedAnswers(database, ({ tenantId, key }) => this.known.delete(nameOf(tenantId, key)));
  }

  /** @throws what the database says if it cannot say whether the key was answered */
  async claim(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const name = nameOf(tenantId, key);
    const first = this.known.get(name);
    if (first) return this.asFirst(first, requestHash);
    const claim = this.lookUp(tenantId, key, requestHash);
    this.known.set(name, { requestHash, claim });
    try {
      const found = await claim;
      if (found.outcome !== 'claimed') this.known.delete(name);
      return found;
    } catch (error) {
      this.known.delete(name);
      throw error;
    }
  }

  /** @param keyIds the keys of all personal data in it */
  save(tenantId: TenantId, key: string, { status, headers, body }: SavedAnswer, keyIds: readonly string[]): void {
    const known = this.known.get(nameOf(tenantId, key))!;
    const sealed = this.answers.seal({ tenantId, key, keyIds }, body);
    if (!sealed) return this.release(tenantId, key);
    known.answer = { tenantId, key, requestHash: known.requestHash, status, headers, body: sealed, keyIds };
    this.unsaved.add(known.answer);
  }

  /** The request failed on our side: the key is free for the next attempt at once. */
  release(tenantId: TenantId, key: string): void {
    this.known.delete(nameOf(tenantId, key));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.unsaved.end();
  }

  /** Requests that come while the same one is looked up share what is found. */
  private async asFirst(first: Known, requestHash: string): Promise<Claim> {
    if (first.requestHash !== requestHash) return { outcome: 'reused' };
    if (first.answer) return this.opened(first.answer) ?? { outcome: 'in_progress' };
    const found = await first.claim;
    return found.outcome === 'claimed' ? { outcome: 'in_progress' } : found;
  }

  private async lookUp(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const row = await this.saved.load({ tenantId, key });
    if (!row) return { outcome: 'claimed' };
    if (row.request_hash !== requestHash) return { outcome: 'reused' };
    const { status, headers, body, key_ids: keyIds } = row;
    const opened = this.opened({ tenantId, key, requestHash, status, headers, body, keyIds });
    if (opened) return opened;
    // Somebody whom it told of was erased: the command, carried out again, tells from the log what may still be told.
    await this.database.write(tenantId, {
      text: 'DELETE FROM ops.idempotency WHERE tenant_id = $1 AND key = $2',
      values: [tenantId, key],
    });
    return { outcome: 'claimed' };
  }

  /** Undefined once one of those whom it tells of was erased. */
  private opened({ status, headers, body: sealed, ...subject }: SealedAnswer): Claim | undefined {
    const body = this.answers.open(subject, sealed);
    return body === null ? undefined : { outcome: 'answered', answer: { status, headers, body } };
  }

  /** One statement for each tenant; where that fails, its keys are told so, and no others. */
  private lookedUp(asked: readonly Asked[]): Promise<(SavedRow | Error | undefined)[]> {
    const byTenant = Map.groupBy(asked, ({ tenantId }) => tenantId);
    const found = Promise.all([...byTenant].map(([tenantId, own]) => this.rowsOf(tenantId, own))).then((rows) => {
      const byName = new Map(rows.flat());
      return asked.map(({ tenantId, key }) => byName.get(nameOf(tenantId, key)));
    });
    this.lookingUp = found;
    return found;
  }

  private async rowsOf(tenantId: TenantId, asked: readonly Asked[]): Promise<(readonly [string, SavedRow | Error])[]> {
    const keys = asked.map(({ key }) => key);
    try {
      const rows = await this.database.rows<SavedRow>(
        tenantId,
        'SELECT key, request_hash, status, headers, body, key_ids FROM ops.idempotency WHERE tenant_id = $1 AND key = ANY($2)',
        [tenantId, keys],
      );
      return rows.map((row) => [nameOf(tenantId, row.key), row]);
    } catch (error) {
      return keys.map((key) => [nameOf(tenantId, key), error as Error]);
    }
  }
}

const nameOf = (tenantId: TenantId, key: string): string => `${tenantId} ${key}`;
