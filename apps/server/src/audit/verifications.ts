import { Catalogs } from '#billing/catalog';
import { Tenants } from '#billing/tenant';
import { accountOf, metadataOf } from '#contracts';
import { EventLog, typedId, type AccountId, type Id, type LoggedEvent, type TenantId } from '#kernel';
import { TenantTransactions } from '#postgres';
import { ProjectionStatuses } from '#projection';
import { differencesIn, VerifyAccounts, VerifyChains, type LogDifference, type VerificationTerms } from '#replay';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { v7 as uuidV7 } from 'uuid';
import { lastingDifferences } from './lasting-differences.js';
import { ShelvedEvents } from './shelved-events.js';

export type VerificationId = Id<'ver'>;

const DIFFERENCES_KEPT = 1_000;
const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;
const COMPARED = ['accounts', 'subscriptions', 'usage', 'invoices', 'payments', 'book', 'ar-aging'];

export interface Verification {
  readonly id: VerificationId;
  readonly accountId: AccountId | null;
  readonly status: 'running' | 'completed' | 'failed';
  readonly accounts: number;
  readonly accountsChecked: number;
  readonly differences: readonly LogDifference[];
  readonly failure: string | null;
}

interface VerificationRow extends Record<string, unknown> {
  readonly verification_id: VerificationId;
  readonly account_id: AccountId | null;
  readonly status: Verification['status'];
  readonly accounts: number;
  readonly accounts_checked: number;
  readonly differences: readonly LogDifference[];
  readonly failure: string | null;
}

/** Verifications of a tenant, in the background of the process that was asked; their progress is kept where all can see it. */
@Injectable()
export class Verifications implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: TenantTransactions,
    private readonly verify: VerifyAccounts,
    private readonly chains: VerifyChains,
    private readonly tenants: Tenants,
    private readonly catalogs: Catalogs,
    private readonly statuses: ProjectionStatuses,
    private readonly log: EventLog,
  ) {}

  async start(tenantId: TenantId, accountId?: AccountId): Promise<Verification> {
    const id = typedId('ver', uuidV7());
    await this.database.write(tenantId, {
      text: `INSERT INTO ops.verifications (tenant_id, verification_id, account_id, status) VALUES ($1, $2, $3, 'running')`,
      values: [tenantId, id, accountId ?? null],
    });
    const work = this.carryOut(tenantId, id, accountId).finally(() => this.running.delete(work));
    this.running.add(work);
    return (await this.find(tenantId, id))!;
  }

  /** One whose process went silent is failed: it can be asked for again. */
  async find(tenantId: TenantId, id: VerificationId): Promise<Verification | undefined> {
    const [row] = await this.database.rows<VerificationRow>(
      tenantId,
      `SELECT *, CASE WHEN status = 'running' AND beat_at < now() - interval '5 minutes' THEN 'failed' ELSE status END AS status
         FROM ops.verifications WHERE tenant_id = $1 AND verification_id = $2`,
      [tenantId, id],
    );
    return row && verificationOf(row);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async carryOut(tenantId: TenantId, id: VerificationId, accountId?: AccountId): Promise<void> {
    try {
      const usageShards = await this.tenants.usageShards(tenantId);
      const catalog = await this.catalogs.ofTenant(tenantId);
      const terms = { catalog, usageShards, caughtUp: () => this.readModelsCaughtUp() };
      if (accountId) {
        const { signal } = this.stopping;
        const differences = await this.chains.ofAccount(tenantId, accountId, usageShards, { signal });
        await this.compare(tenantId, id, [accountId], differences, terms, terms);
      } else await this.verifyTenant(tenantId, id, terms);
      await this.finish(tenantId, id, 'completed', null);
    } catch (error) {
      await this.finish(tenantId, id, 'failed', error instanceof Error ? error.message : String(error)).catch(
        () => undefined,
      );
    }
  }

  /** The log is read once: an account after the other is folded from what was put down of it meanwhile. */
  private async verifyTenant(tenantId: TenantId, id: VerificationId, terms: VerificationTerms): Promise<void> {
    const { signal } = this.stopping;
    const shelved = await ShelvedEvents.open();
    try {
      const accounts: AccountId[] = [];
      const onEvent = (event: LoggedEvent): Promise<void> | undefined => {
        if (accountOf(event.stream) === null) return undefined;
        if (event.type === 'AccountOpened') accounts.push(metadataOf(event).accountId!);
        return shelved.put(event);
      };
      const onProgress = () => this.report(tenantId, id, accounts.length, 0, []);
      // First of all: on events that are not what was appended, an account may not even fold.
      const differences = await this.chains.ofTenant(tenantId, { signal, onProgress, onEvent });
      await this.compare(tenantId, id, accounts, differences, { ...terms, streams: shelved }, terms);
    } finally {
      await shelved.close();
    }
  }

  private async compare(
    tenantId: TenantId,
    id: VerificationId,
    accounts: readonly AccountId[],
    differences: LogDifference[],
    terms: VerificationTerms,
    afresh: VerificationTerms,
  ): Promise<void> {
    await this.report(tenantId, id, accounts.length, 0, differences);
    let checked = 0;
    for await (const some of this.verify.differences(tenantId, accounts, terms)) {
      this.stopping.signal.throwIfAborted();
      // What is kept of them is enough to know that something is wrong: each of them is looked at again in the log.
      if (differences.length < DIFFERENCES_KEPT)
        differences.push(
          ...(await lastingDifferences(some.differences, (those) =>
            differencesIn(this.verify.differences(tenantId, those, afresh)),
          )),
        );
      checked += some.accounts;
      await this.report(tenantId, id, accounts.length, checked, differences);
    }
  }

  private async readModelsCaughtUp(): Promise<void> {
    const { signal } = this.stopping;
    await this.statuses.waitFor(COMPARED, await this.log.head(), READ_MODEL_PATIENCE_MILLISECONDS, signal);
  }

  private async report(
    tenantId: TenantId,
    id: VerificationId,
    accounts: number,
    checked: number,
    differences: readonly LogDifference[],
  ): Promise<void> {
    await this.database.write(tenantId, {
      text: `UPDATE ops.verifications SET accounts = $3, accounts_checked = $4, differences = $5, beat_at = now()
              WHERE tenant_id = $1 AND verification_id = $2`,
      values: [tenantId, id, accounts, checked, JSON.stringify(differences.slice(0, DIFFERENCES_KEPT))],
    });
  }

  private async finish(
    tenantId: TenantId,
    id: VerificationId,
    status: Verification['status'],
    failure: string | null,
  ): Promise<void> {
    await this.database.write(tenantId, {
      text: `UPDATE ops.verifications SET status = $3, failure = $4, completed_at = now() WHERE tenant_id = $1 AND verification_id = $2`,
      values: [tenantId, id, status, failure],
    });
  }
}

const verificationOf = (row: VerificationRow): Verification => ({
  id: row.verification_id,
  accountId: row.account_id,
  status: row.status,
  accounts: row.accounts,
  accountsChecked: row.accounts_checked,
  differences: row.differences,
  failure: row.failure,
});
