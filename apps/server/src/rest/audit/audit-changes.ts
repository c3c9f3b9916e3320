import type { Personal } from '#contracts';
import type { PersonalData, PersonalFields } from '#billing/account';
import type { Json, TenantId } from '#kernel';
import type { AuditEntry, StatedChange } from '#projections/audit-log';
import type { AuditChangeResource } from './audit-entry.resource.js';

const PERSONAL = 'personal';

/** The values of entries as texts; of what is sealed, only that there is something. */
export const auditChanges = (entries: readonly AuditEntry[]): AuditChangeResource[][] =>
  entries.map(({ changes }) =>
    changes.map((change) =>
      told(
        change.field === PERSONAL
          ? { ...change, before: change.before === null ? null : 'sealed', after: 'sealed' }
          : change,
      ),
    ),
  );

/** What is sealed in them is opened, all at once, and told by its own fields; of the erased, nothing. */
export const openedAuditChanges = async (
  personalData: PersonalData,
  tenantId: TenantId,
  entries: readonly AuditEntry[],
): Promise<AuditChangeResource[][]> => {
  const sealed = entries.flatMap(({ changes }) => changes.filter(({ field }) => field === PERSONAL).flatMap(sealedIn));
  const opened = await personalData.open(tenantId, sealed);
  const byEnvelope = new Map(sealed.map(({ iv }, index) => [iv, opened[index] ?? null]));
  return entries.map(({ changes }) =>
    changes.flatMap((change) => (change.field === PERSONAL ? personalChanges(change, byEnvelope) : [told(change)])),
  );
};

const sealedIn = ({ before, after }: StatedChange): Personal[] =>
  [before, after].filter((envelope) => envelope !== null) as Personal[];

const personalChanges = (
  { before, after }: StatedChange,
  opened: ReadonlyMap<string, PersonalFields | null>,
): AuditChangeResource[] => {
  const fieldsOf = (envelope: unknown): PersonalFields =>
    (envelope === null ? null : opened.get((envelope as Personal).iv)) ?? {};
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => told({ field, before: was[field] ?? null, after: is[field] ?? null }))
    .filter((change) => change.before !== change.after);
};

const told = ({ field, before, after }: StatedChange): AuditChangeResource => ({
  field,
  before: textOf(before as Json),
  after: textOf(after as Json),
});

const textOf = (value: Json): string | null => {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
