import type { Branding, Fact } from '#contracts';
import { isSame, notFound, type LegalEntityId } from '#kernel';
import type { LegalEntities } from './legal-entity.js';

/** Fields to set; null and an empty list remove one. */
export type BrandingChange = { readonly [Field in keyof Branding]: Branding[Field] | null };

export interface BrandingCommand {
  readonly type: 'ChangeBranding';
  readonly entityId: LegalEntityId;
  readonly change: BrandingChange;
}

export interface Brandings {
  readonly brandings: ReadonlyMap<LegalEntityId, Branding>;
}

type Field = keyof Branding;

/** Only what changes: a logo is large, and need not be stored with each colour. @throws DomainError `legal_entity_not_found` */
export const decideBranding = (
  { entityId, change }: BrandingCommand,
  known: Brandings & Pick<LegalEntities, 'entities'>,
): readonly Fact<'BrandingSet'>[] => {
  const before = brandingOf(known, entityId);
  const named = (Object.keys(change) as Field[]).filter((field) => change[field] !== undefined);
  const set = named.filter((field) => isSaid(change[field]) && !isSame(before[field], change[field]));
  const removed = named.filter((field) => !isSaid(change[field]) && before[field] !== undefined);
  if (set.length + removed.length === 0) return [];
  const told: Branding = Object.fromEntries(set.map((field) => [field, change[field]]));
  return [{ type: 'BrandingSet', data: { entityId, ...told, ...(removed.length === 0 ? {} : { removed }) } }];
};

/** What it comes to with a change. */
export const brandedWith = (
  { entityId: _, removed = [], ...set }: Fact<'BrandingSet'>['data'],
  before: Branding = {},
): Branding => {
  const gone = new Set<string>(removed);
  return { ...Object.fromEntries(Object.entries(before).filter(([field]) => !gone.has(field))), ...set };
};

const isSaid = (value: BrandingChange[Field]): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** @throws DomainError `legal_entity_not_found` */
export const brandingOf = (
  { brandings, entities }: Brandings & Pick<LegalEntities, 'entities'>,
  entityId: LegalEntityId,
): Branding => {
  if (!entities.has(entityId)) return notFound('legal_entity', entityId);
  return brandings.get(entityId) ?? {};
};
