import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { tenantOfStream } from '#contracts';
import type { TenantId } from '#kernel';
import { isOutage, TenantTransactions } from '#postgres';
import { Snapshots, type Snapshot } from '#write-path';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import pTimeout from 'p-timeout';
import { TenantBatches } from '../core/tenant-batches.js';
import { foldingCode } from './folding-code.js';

/** One may have a megabyte: so many come in one answer of the database. */
const STREAMS_AT_ONCE = 16;
/** Where the database takes longer, folding is no slower. For a while then, nobody asks it. */
const PATIENCE_MILLISECONDS = 500;
const REST_MILLISECONDS = 5_000;
/** Of snapshots that wait to be written: the oldest goes, it is made again one day. */
const WAITING_BYTES_MAX = 32 * 1024 * 1024;

const compressed = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);
const expanded = promisify<Uint8Array, Buffer>(inflateRaw);

interface SnapshotRow {
  readonly stream: string;
  readonly revision: bigint;
  readonly chain: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

/** Snapshots in the database, as long as that is there. What personal data is in them is sealed as it is in the log. */
@Injectable()
export class KeptSnapshots extends Snapshots implements BeforeApplicationShutdown {
  private readonly rows = new TenantBatches<string, SnapshotRow | undefined>(
    (tenantId, streams) => this.rowsOf(tenantId, streams),
    STREAMS_AT_ONCE,
  );
  private readonly waiting = new LRUCache<string, Snapshot>({
    maxSize: WAITING_BYTES_MAX,
    sizeCalculation: ({ bytes }) => bytes.length,
  });
  private writing: Promise<void> | undefined;
  private restsUntil = -Infinity;
  private readonly logger: Logger;

  constructor(
    private readonly database: TenantTransactions,
    { logger }: PinoLogger,
  ) {
    super();
    this.logger = logger;
  }

  override async last(stream: string): Promise<Snapshot | undefined> {
    if (performance.now() < this.restsUntil) return undefined;
    try {
      const row = await pTimeout(this.rows.of(tenantOfStream(stream), stream), {
        milliseconds: PATIENCE_MILLISECONDS,
        fallback: () => 'late' as const,
      });
      if (row === 'late') this.restsUntil = performance.now() + REST_MILLISECONDS;
      return row === undefined || row === 'late' ? undefined : await this.opened(row);
    } catch (error) {
      this.failed(error, 'A snapshot could not be read: the stream is folded from the log.');
      return undefined;
    }
  }

  override keep(stream: string, snapshot: Snapshot): void {
    this.waiting.set(stream, snapshot);
    if (this.waiting.size > 0) this.writing ??= this.writeAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    try {
      for (let [stream] = this.waiting.rkeys(); stream !== undefined; [stream] = this.waiting.rkeys()) {
        const snapshot = this.waiting.peek(stream)!;
        this.waiting.delete(stream);
        await this.write(stream, snapshot).catch((error: unknown) => {
          // One that is away keeps nobody waiting for each of them.
          if (isOutage(error)) this.waiting.clear();
          this.failed(error, 'A snapshot could not be kept: it is made again later.');
        });
      }
    } finally {
      // In the very step that found nothing waiting: whatever comes from now on begins anew.
      this.writing = undefined;
    }
  }

  /** Of several processes, the one that knows most stays. */
  private async write(stream: string, { revision, chain, bytes }: Snapshot): Promise<void> {
    const stored = await compressed(bytes, { level: constants.Z_BEST_SPEED });
    const tenantId = tenantOfStream(stream);
    await this.database.write(tenantId, {
      name: 'keep-snapshot',
      text: `INSERT INTO ops.snapshots AS s (tenant_id, stream, code, revision, chain, bytes, digest)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant_id, stream) DO UPDATE SET code = excluded.code, revision = excluded.revision,
          chain = excluded.chain, bytes = excluded.bytes, digest = excluded.digest, kept_at = now()
        WHERE s.revision < excluded.revision OR s.code <> excluded.code`,
      values: [tenantId, stream, foldingCode(), revision, chain, stored, hash('sha256', stored)],
    });
  }

  private async rowsOf(tenantId: TenantId, streams: readonly string[]): Promise<(SnapshotRow | undefined)[]> {
    const rows = await this.database.rows<SnapshotRow>(
      tenantId,
      `SELECT stream, revision, chain, bytes, digest FROM ops.snapshots
        WHERE tenant_id = $1 AND stream = ANY($2) AND code = $3`,
      [tenantId, streams, foldingCode()],
    );
    const byStream = new Map(rows.map((row) => [row.stream, row]));
    return streams.map((stream) => byStream.get(stream));
  }

  private async opened({ stream, revision, chain, bytes, digest }: SnapshotRow): Promise<Snapshot | undefined> {
    if (hash('sha256', bytes) === digest) return { revision: Number(revision), chain, bytes: await expanded(bytes) };
    this.logger.warn({ stream }, 'A snapshot is not as it was kept: the stream is folded from the log.');
    return undefined;
  }

  private failed(error: unknown, what: string): void {
    this.restsUntil = performance.now() + REST_MILLISECONDS;
    if (!isOutage(error)) this.logger.error({ err: error }, what);
  }
}
