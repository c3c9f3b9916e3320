import { randomUUID } from 'node:crypto';
import type { TenantId } from '#kernel';
import { SealedAnswers } from '#personal-data';
import { TenantTransactions } from '#postgres';
import { Injectable } from '@nestjs/common';

const LEASE_SECONDS = 30;

export interface SavedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a key: it is ours to carry out, it was answered, it is being carried out, or it came with another request. */
export type Claim =
  | { readonly outcome: 'claimed'; readonly lease: string }
  | { readonly outcome: 'answered'; readonly answer: SavedAnswer }
  | { readonly outcome: 'in_progress' }
  | { readonly outcome: 'reused' };

interface ClaimRow {
  readonly lease: string;
  readonly request_hash: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
  readonly key_ids: readonly string[];
}

/** Answers by idempotency key. Whoever takes over a dead lease carries the same command identity, so nothing happens twice. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: TenantTransactions,
    private readonly answers: SealedAnswers,
  ) {}

  async claim(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const lease = randomUUID();
    // The update of a row that stays as it is answers the row in the same statement, whoever wrote it.
    const { rows } = await this.database.write<ClaimRow>(tenantId, {
      text: `INSERT INTO ops.idempotency AS i (tenant_id, key, request_hash, lease, leased_until)
             VALUES ($1, $2, $3, $4, now() + interval '${LEASE_SECONDS} seconds')
             ON CONFLICT (tenant_id, key) DO UPDATE SET
               lease = CASE WHEN i.status IS NULL AND i.leased_until < now() AND i.request_hash = $3 THEN $4 ELSE i.lease END,
               leased_until = CASE WHEN i.status IS NULL AND i.leased_until < now() AND i.request_hash = $3
                                   THEN now() + interval '${LEASE_SECONDS} seconds' ELSE i.leased_until END
             RETURNING lease, request_hash, status, headers, body, key_ids`,
      values: [tenantId, key, requestHash, lease],
    });
    const row = rows[0]!;
    if (row.request_hash !== requestHash) return { outcome: 'reused' };
    if (row.status !== null) {
      const body = this.answers.open({ tenantId, key, keyIds: row.key_ids }, row.body!);
      if (body === null) {
        // Somebody whom it told of was erased: the command, carried out again, tells from the log what may still be told.
        await this.release(tenantId, key, row.lease);
        return this.claim(tenantId, key, requestHash);
      }
      return { outcome: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body } };
    }
    return row.lease === lease ? { outcome: 'claimed', lease } : { outcome: 'in_progress' };
  }

  /** @param keyIds the keys of all personal data in it */
  async save(
    tenantId: TenantId,
    key: string,
    lease: string,
    { status, headers, body }: SavedAnswer,
    keyIds: readonly string[],
  ): Promise<void> {
    const sealed = this.answers.seal({ tenantId, key, keyIds }, body);
    if (!sealed) return this.release(tenantId, key, lease);
    await this.database.write(tenantId, {
      text: `UPDATE ops.idempotency SET status = $4, headers = $5, body = $6, key_ids = $7
             WHERE tenant_id = $1 AND key = $2 AND lease = $3`,
      values: [tenantId, key, lease, status, JSON.stringify(headers), sealed, keyIds],
    });
  }

  /** The request failed on our side: the key is free for the next attempt at once. */
  async release(tenantId: TenantId, key: string, lease: string): Promise<void> {
    await this.database.write(tenantId, {
      text: 'DELETE FROM ops.idempotency WHERE tenant_id = $1 AND key = $2 AND lease = $3',
      values: [tenantId, key, lease],
    });
  }
}
