import type { Fact } from '#contracts';
import type { LegalEntityId } from '#kernel';
import {
  defaultEntity,
  type InvoiceSeries,
  type LegalEntity,
  type PrefixHolder,
} from '../legal-entity/legal-entity.js';
import { invoiceNumbersIn } from './invoice-numbers.js';

/** What facts say of the legal entities of a tenant, as they are folded. */
interface ToldEntities {
  readonly entities: Map<LegalEntityId, LegalEntity>;
  readonly invoiceSeries: Map<LegalEntityId, InvoiceSeries>;
  readonly prefixes: Map<string, PrefixHolder>;
}

/** What settings say of who issues is said of the first legal entity. */
export const setDefaultEntity = (
  tenant: ToldEntities,
  { legalName, timeZone, invoiceNumberFormat }: Fact<'TenantSettingsChanged'>['data'],
): void => {
  const { name: _, ...entity } = defaultEntity(tenant)!;
  const { entityId } = entity;
  tenant.entities.set(entityId, { ...entity, timeZone, ...(legalName === undefined ? {} : { name: legalName }) });
  setFormat(tenant, entityId, invoiceNumberFormat);
};

export const setFormat = (tenant: ToldEntities, entityId: LegalEntityId, format: string): void => {
  const { invoiceSeries } = tenant;
  invoiceSeries.set(entityId, { ...invoiceSeries.get(entityId)!, format });
  notePrefix(tenant, format, entityId);
};

/** Whose numbers began so first has it for good. */
export const notePrefix = (
  { prefixes }: Pick<ToldEntities, 'prefixes'>,
  format: string,
  holder: PrefixHolder,
): void => {
  const { prefix } = invoiceNumbersIn(format);
  if (!prefixes.has(prefix)) prefixes.set(prefix, holder);
};
