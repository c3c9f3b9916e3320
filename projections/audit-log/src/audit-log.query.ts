import type { AccountId, Instant, TenantId } from '#kernel';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import { recordsOf, type Row } from '#projection';
import { auditLog } from './audit-log.projection.js';

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
  readonly actor: {
    readonly type: string;
    readonly id: string;
    readonly role: string | null;
    /** Of an API key of the tenant. */
    readonly name: string | null;
  };
  readonly requestId: string;
  readonly reason: string | null;
  readonly subjects: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
  readonly changes: readonly StatedChange[];
}

/** What a fact states of a field, and what the last one before it did. */
export interface StatedChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

type AuditRow = Row<typeof auditLog> & {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly actor_name: string | null;
};

/** By the index on stream, subject and revision: of one subject there are few facts. */
const BEFORE = `(SELECT jsonb_object_agg(f.field, (
    SELECT p.stated -> f.field FROM read.audit_log AS p
     WHERE p.tenant_id = t.tenant_id AND p.stream = t.stream AND p.subject = t.subject AND p.revision < t.revision
       AND jsonb_exists(p.stated, f.field) ORDER BY p.revision DESC LIMIT 1))
  FROM jsonb_object_keys(t.stated) AS f(field) WHERE t.subject IS NOT NULL)`;
const ACTOR_NAME = `(SELECT k.name FROM read.api_keys AS k WHERE k.tenant_id = t.tenant_id AND k.key_id = t.actor_id)`;

/** What names the account, and usage that it shares an event with others in. By places, each of which the index finds. */
const OF_ACCOUNT = `t.position IN (
  SELECT o.position FROM read.audit_log AS o WHERE o.tenant_id = t.tenant_id AND o.account_id = :accountId
   UNION ALL
  SELECT p.position FROM read.usage_packs AS p WHERE p.tenant_id = t.tenant_id AND p.account_id = :accountId)`;

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
    const query = selectFrom('audit_log').addSelect(BEFORE, 'before').addSelect(ACTOR_NAME, 'actor_name').where('true');
    if (accountId) query.andWhere(OF_ACCOUNT, { accountId });
    if (actors) query.andWhere('(t.actor_id IN (:...actors) OR t.actor_type IN (:...actors))', { actors });
    if (commands) query.andWhere('t.command IN (:...commands)', { commands });
    if (types) query.andWhere('t.type IN (:...types)', { types });
    if (requestId !== undefined) query.andWhere('t.request_id = :requestId', { requestId });
    if (from) query.andWhere('t.recorded_at >= :from', { from });
    if (to) query.andWhere('t.recorded_at < :to', { to });
    const { rows, ...cursors } = await page<AuditRow>(this.database, tenantId, query, 'position', request);
    return { rows: rows.map(auditEntry), ...cursors };
  }
}

const auditedFact = recordsOf(auditLog, 'actor_type', 'actor_id', 'actor_role', 'subject', 'stated').as<
  Omit<AuditEntry, 'position' | 'revision' | 'actor' | 'changes'>
>();

const auditEntry = (row: AuditRow): AuditEntry => ({
  ...auditedFact(row),
  position: row.position,
  revision: Number(row.revision),
  actor: { type: row.actor_type, id: row.actor_id, role: row.actor_role, name: row.actor_name },
  changes: changesIn(row.stated as Readonly<Record<string, unknown>>, row.before ?? {}),
});

const changesIn = (
  stated: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): StatedChange[] =>
  Object.entries(stated)
    .map(([field, after]) => ({ field, before: before[field] ?? null, after }))
    // What names the subject is the same on both sides.
    .filter(({ before, after }) => textOf(before) !== textOf(after));

/** An empty object says as little as none. */
const textOf = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text === '{}' ? 'null' : text;
};
