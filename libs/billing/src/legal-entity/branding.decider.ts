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

/** @throws DomainError `legal_entity_not_found` */
export const decideBranding = (
  { entityId, change }: BrandingCommand,
  known: Brandings & Pick<LegalEntities, 'entities'>,
): readonly Fact<'BrandingSet'>[] => {
  const before = brandingOf(known, entityId);
  const after: Branding = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => isSaid(value)),
  );
  return isSame(before, after) ? [] : [{ type: 'BrandingSet', data: { entityId, ...after } }];
};

const isSaid = (value: BrandingChange[keyof BrandingChange]): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** @throws DomainError `legal_entity_not_found` */
export const brandingOf = (
  { brandings, entities }: Brandings & Pick<LegalEntities, 'entities'>,
  entityId: LegalEntityId,
): Branding => {
  if (!entities.has(entityId)) return notFound('legal_entity', entityId);
  return brandings.get(entityId) ?? {};
};
