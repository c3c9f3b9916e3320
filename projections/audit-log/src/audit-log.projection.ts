import { FACTS, type Fact, type Stored, type FactType } from '#contracts';
import { projection, table, type RowChanges } from '#projection';
import { auditedData, statedBy, subjectOf } from './stated.js';

/** Every change of state, as it was asked for: one row for each stored event. Those of several accounts name none: whose they are, their read model says. */
export const auditLog = table({
  name: 'audit_log',
  columns: {
    tenant_id: 'text',
    position: 'bigint',
    stream: 'text',
    revision: 'bigint',
    type: 'text',
    account_id: 'text?',
    command: 'text?',
    command_id: 'text',
    actor_type: 'text',
    actor_id: 'text',
    actor_role: 'text?',
    request_id: 'text',
    reason: 'text?',
    subjects: 'json',
    fields: 'json',
    subject: 'text?',
    stated: 'jsonb',
    recorded_at: 'timestamptz',
    effective_at: 'text',
  },
  // It is listed by position; stream and revision tell events apart that a log has at one.
  key: ['tenant_id', 'position', 'stream', 'revision'],
  indexes: [
    'tenant_id, account_id, position DESC',
    { on: 'tenant_id, stream, subject, revision DESC', where: 'subject IS NOT NULL' },
  ],
});

/** What names a thing. */
const NAMES = /^(?:id|key|number|.*Id)$/u;

/** What a fact is about, by the fields that name it. */
const subjectsOf = (data: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data).filter(
      (field): field is [string, string] => NAMES.test(field[0]) && typeof field[1] === 'string',
    ),
  );

const audited = ({ fact, metadata, stream, revision, position }: Stored, rows: RowChanges): void => {
  const { tenantId, accountId, command, commandId, actor, correlationId, reason, recordedAt, effectiveAt } = metadata;
  const data = auditedData(fact as Fact<FactType>);
  rows.append(auditLog, {
    tenant_id: tenantId!,
    position,
    stream,
    revision: BigInt(revision),
    type: fact.type,
    account_id: accountId ?? null,
    command: command ?? null,
    command_id: commandId,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_role: actor.role ?? null,
    request_id: correlationId,
    reason: reason ?? null,
    subjects: subjectsOf(data),
    fields: Object.keys(data),
    subject: subjectOf(fact.type, data),
    stated: statedBy(data),
    recorded_at: recordedAt,
    effective_at: effectiveAt,
  });
};

export const auditLogProjection = projection({
  name: 'audit-log',
  version: 5,
  tables: [auditLog],
  reads: ['tenants.api_keys', 'usage.usage_packs'],
  on: Object.fromEntries((Object.keys(FACTS) as FactType[]).map((type) => [type, audited])),
});
