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

interface KnownRow {
  readonly lease: string;
  readonly dead: boolean;
  readonly request_hash: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
  readonly key_ids: readonly string[];
}

/** Answers by idempotency key. Whoever takes over a dead lease carries the same command identity, so nothing happens twice. */
@Injectable()
export class IdempotencyStore {
  private readonly claiming = new Map<string, Promise<Claim>>();

  constructor(
    private readonly database: TenantTransactions,
    private readonly answers: SealedAnswers,
  ) {}

  /** Requests that come while the same one is looked up share what is found: a storm of them asks the database once at a time. */
  async claim(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const request = `${tenantId} ${requestHash} ${key}`;
    const first = this.claiming.get(request);
    if (first) {
      const found = await first;
      return found.outcome === 'claimed' ? { outcome: 'in_progress' } : found;
    }
    const claiming = this.lookUp(tenantId, key, requestHash).finally(() => this.claiming.delete(request));
    this.claiming.set(request, claiming);
    return claiming;
  }

  private async lookUp(tenantId: TenantId, key: string, requestHash: string): Promise<Claim> {
    const lease = randomUUID();
    const { rowCount } = await this.database.write(tenantId, {
      text: `INSERT INTO ops.idempotency (tenant_id, key, request_hash, lease, leased_until)
             VALUES ($1, $2, $3, $4, now() + interval '${LEASE_SECONDS} seconds')
             ON CONFLICT (tenant_id, key) DO NOTHING`,
      values: [tenantId, key, requestHash, lease],
    });
    return rowCount === 1 ? { outcome: 'claimed', lease } : this.known(tenantId, key, requestHash, lease);
  }

  /** Of a key that was there before. A row that is only looked at gets no new version: repeats leave none behind. */
  private async known(tenantId: TenantId, key: string, requestHash: string, lease: string): Promise<Claim> {
    const [row] = await this.database.rows<KnownRow>(
      tenantId,
      `SELECT lease, leased_until < now() AS dead, request_hash, status, headers, body, key_ids FROM ops.idempotency
       WHERE tenant_id = $1 AND key = $2`,
      [tenantId, key],
    );
    // Released in between: the key is free again.
    if (!row) return this.lookUp(tenantId, key, requestHash);
    if (row.request_hash !== requestHash) return { outcome: 'reused' };
    if (row.status === null) return row.dead ? this.takeOver(tenantId, key, lease) : { outcome: 'in_progress' };
    const body = this.answers.open({ tenantId, key, keyIds: row.key_ids }, row.body!);
    if (body !== null) return { outcome: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body } };
    // Somebody whom it told of was erased: the command, carried out again, tells from the log what may still be told.
    await this.release(tenantId, key, row.lease);
    return this.lookUp(tenantId, key, requestHash);
  }

  /** Of several that see a dead lease, the lock of the row lets one have it. */
  private async takeOver(tenantId: TenantId, key: string, lease: string): Promise<Claim> {
    const { rowCount } = await this.database.write(tenantId, {
      text: `UPDATE ops.idempotency SET lease = $3, leased_until = now() + interval '${LEASE_SECONDS} seconds'
             WHERE tenant_id = $1 AND key = $2 AND status IS NULL AND leased_until < now()`,
      values: [tenantId, key, lease],
    });
    return rowCount === 1 ? { outcome: 'claimed', lease } : { outcome: 'in_progress' };
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
