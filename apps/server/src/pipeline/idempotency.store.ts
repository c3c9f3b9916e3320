import type { TenantId } from '#kernel';
import { SealedAnswers } from '#personal-data';
import { TenantTransactions } from '#postgres';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { TenantBatches } from '../core/tenant-batches.js';
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
  private readonly saved = new TenantBatches<string, SavedRow | undefined>(
    (tenantId, keys) => this.rowsOf(tenantId, keys),
    KEYS_AT_ONCE,
  );
  private readonly unsaved: UnsavedAnswers;

  constructor(
    private readonly database: TenantTransactions,
    private readonly answers: SealedAnswers,
    { logger }: PinoLogger,
  ) {
    this.unsaved = new UnsavedAnswers(database, logger, ({ tenantId, key }) =>
      this.known.delete(nameOf(tenantId, key)),
    );
  }

  /** @throws what the database says if it cannot say whether the key was answered */
  async claim(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const name = nameOf(tenantId, key);
    const first = this.known.get(name);
    if (first) return this.beside(first, tenantId, key, requestHash);
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

  /** Beside a request with the same key. Whose the key is, is only known once that is looked up: another one's look-up says nothing of this. */
  private async beside(first: Known, tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const isSame = first.requestHash === requestHash;
    const found = await first.claim;
    if (found.outcome !== 'claimed') return isSame ? found : this.claim(tenantId, key, requestHash);
    if (!isSame) return { outcome: 'reused' };
    return (first.answer && this.opened(first.answer)) ?? { outcome: 'in_progress' };
  }

  private async lookUp(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const row = await this.saved.of(tenantId, key);
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

  private async rowsOf(tenantId: TenantId, keys: readonly string[]): Promise<(SavedRow | undefined)[]> {
    const rows = await this.database.rows<SavedRow>(
      tenantId,
      'SELECT key, request_hash, status, headers, body, key_ids FROM ops.idempotency WHERE tenant_id = $1 AND key = ANY($2)',
      [tenantId, keys],
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.map((key) => byKey.get(key));
  }
}

const nameOf = (tenantId: TenantId, key: string): string => `${tenantId} ${key}`;
