import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '#kernel';
import { isOutage, type TenantTransactions } from '#postgres';
import type { Logger } from 'pino';

const GATHERING_MILLISECONDS = 50;
const ROWS_AT_ONCE = 500;
const BYTES_AT_ONCE = 4 * 1024 * 1024;
/** No process goes on for that alone. */
const IDLE = { ref: false };
const RETRY_MILLISECONDS = 500;
/** Of answers that wait while the database is away: the log tells the rest again. */
const BYTES_MAX = 32 * 1024 * 1024;

/** An answer as it is kept. */
export interface SealedAnswer {
  readonly tenantId: TenantId;
  readonly key: string;
  readonly requestHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly keyIds: readonly string[];
}

/**
 * Answers on their way to the database: many in one statement, and nobody waits for them. What is lost with the process, or while the database is
 * away for long, is told from the log if it did something; a refusal is then decided again.
 */
export class UnsavedAnswers {
  private waiting: SealedAnswer[] = [];
  private bytes = 0;
  private saving: Promise<void> | undefined;
  private ending = false;

  constructor(
    private readonly database: TenantTransactions,
    private readonly logger: Logger,
    /** It is saved, or given up: nobody needs to keep it any more. */
    private readonly gone: (answer: SealedAnswer) => void,
  ) {}

  add(answer: SealedAnswer): void {
    this.put(answer);
    while (this.bytes > BYTES_MAX) for (const oldest of this.take(1)) this.gone(oldest);
    this.begin();
  }

  /** Saves what waits, and tries that once. What comes later, of requests that are still answered, is saved at once. */
  async end(): Promise<void> {
    this.ending = true;
    while (this.saving) await this.saving;
  }

  private begin(): void {
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined;
      if (this.waiting.length > 0) this.begin();
    });
  }

  private async saveAll(): Promise<void> {
    if (!this.ending) await sleep(GATHERING_MILLISECONDS, undefined, IDLE);
    while (this.waiting.length > 0) {
      const byTenant = Map.groupBy(this.take(ROWS_AT_ONCE), ({ tenantId }) => tenantId);
      const saved = await Promise.all([...byTenant].map(([tenantId, own]) => this.save(tenantId, own)));
      if (!saved.every(Boolean)) await sleep(RETRY_MILLISECONDS, undefined, IDLE);
    }
  }

  private async save(tenantId: TenantId, answers: readonly SealedAnswer[]): Promise<boolean> {
    try {
      await this.database.write(tenantId, insertOf(tenantId, answers));
    } catch (error) {
      if (isOutage(error) && !this.ending) {
        for (const answer of answers) this.put(answer);
        return false;
      }
      this.logger.error(
        { err: error, tenantId },
        'Answers could not be saved: a request that comes again is answered from the log.',
      );
    }
    for (const answer of answers) this.gone(answer);
    return true;
  }

  private put(answer: SealedAnswer): void {
    this.waiting.push(answer);
    this.bytes += bytesOf(answer);
  }

  private take(most: number): SealedAnswer[] {
    const taken: SealedAnswer[] = [];
    for (let bytes = 0; taken.length < most && bytes < BYTES_AT_ONCE && this.waiting.length > 0;) {
      const answer = this.waiting.shift()!;
      taken.push(answer);
      bytes += bytesOf(answer);
      this.bytes -= bytesOf(answer);
    }
    return taken;
  }
}

/** Of its body, and of all around it. */
const bytesOf = ({ body }: SealedAnswer): number => body.length + 1_024;

/** Another process may have answered the same key: what was there first stays. */
const insertOf = (tenantId: TenantId, answers: readonly SealedAnswer[]) => ({
  name: 'save-answers',
  text: `INSERT INTO ops.idempotency (tenant_id, key, request_hash, status, headers, body, key_ids)
    SELECT $1, v.key, v.request_hash, v.status, v.headers::jsonb, v.body, string_to_array(v.key_ids, ' ')
      FROM unnest($2::text[], $3::text[], $4::smallint[], $5::text[], $6::bytea[], $7::text[])
        AS v(key, request_hash, status, headers, body, key_ids)
    ON CONFLICT (tenant_id, key) DO NOTHING`,
  values: [
    tenantId,
    answers.map(({ key }) => key),
    answers.map(({ requestHash }) => requestHash),
    answers.map(({ status }) => status),
    answers.map(({ headers }) => JSON.stringify(headers)),
    answers.map(({ body }) => body),
    answers.map(({ keyIds }) => keyIds.join(' ')),
  ],
});
