import type { AccountId, Instant, TenantId } from '#kernel';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { auditLog } from './audit-log.projection.js';

/** One change of state: who asked for it, how, why, and what it says. */
export interface AuditEntry {
  readonly position: bigint;
  readonly recordedAt: Instant;
  readonly effectiveAt: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly accountId: AccountId | null;
  readonly command: string | null;
  readonly commandId: string;
  readonly actor: { readonly type: string; readonly id: string; readonly role: string | null };
  readonly requestId: string;
  readonly reason: string | null;
  readonly subjects: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
}

export interface AuditFilter {
  readonly accountId?: AccountId;
  /** Ids of actors, or their types. */
  readonly actors?: readonly string[];
  readonly commands?: readonly string[];
  readonly types?: readonly string[];
  readonly requestId?: string;
  /** Recorded at or after. */
  readonly from?: Instant;
  /** Recorded before. */
  readonly to?: Instant;
}

export class AuditLogQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Newest first. */
  async list(
    tenantId: TenantId,
    { accountId, actors, commands, types, requestId, from, to }: AuditFilter,
    request: PageRequest,
  ): Promise<Page<AuditEntry>> {
    const query = selectFrom('audit_log').where('true');
    if (accountId) query.andWhere('t.account_id = :accountId', { accountId });
    if (actors) query.andWhere('(t.actor_id IN (:...actors) OR t.actor_type IN (:...actors))', { actors });
    if (commands) query.andWhere('t.command IN (:...commands)', { commands });
    if (types) query.andWhere('t.type IN (:...types)', { types });
    if (requestId !== undefined) query.andWhere('t.request_id = :requestId', { requestId });
    if (from) query.andWhere('t.recorded_at >= :from', { from });
    if (to) query.andWhere('t.recorded_at < :to', { to });
    const { rows, ...cursors } = await page<Row<typeof auditLog>>(this.database, tenantId, query, 'position', request);
    return { rows: rows.map(auditEntry), ...cursors };
  }
}

const auditEntry = (row: Row<typeof auditLog>): AuditEntry => ({
  position: row.position,
  recordedAt: row.recorded_at as Instant,
  effectiveAt: row.effective_at,
  type: row.type,
  stream: row.stream,
  revision: Number(row.revision),
  accountId: row.account_id as AccountId | null,
  command: row.command,
  commandId: row.command_id,
  actor: { type: row.actor_type, id: row.actor_id, role: row.actor_role },
  requestId: row.request_id,
  reason: row.reason,
  subjects: row.subjects as AuditEntry['subjects'],
  fields: row.fields as AuditEntry['fields'],
});
