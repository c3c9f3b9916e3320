import type { Fact, Seller } from '#contracts';
import { refuseAt, type LegalEntityId } from '#kernel';

/** Who issues documents, and in which zone its books are kept. */
export type LegalEntity = Fact<'LegalEntityDefined'>['data'];

/** What is said of an entity beside its id. */
type LegalEntityDetails = Omit<LegalEntity, 'entityId' | 'creditNoteNumberFormat'>;

/** Fields to set; null removes one. */
export type LegalEntityChange = {
  readonly [Field in keyof LegalEntityDetails]?: LegalEntityDetails[Field] | (Field extends 'timeZone' ? never : null);
};

/** The series of an entity’s invoices, from which all others of it follow. */
export type InvoiceSeries = Fact<'NumberSeriesOpened'>['data'];

/** By their ids; the first one came with the tenant, and is that of accounts that name no other. */
export interface LegalEntities {
  readonly entities: ReadonlyMap<LegalEntityId, LegalEntity>;
  readonly invoiceSeries: ReadonlyMap<LegalEntityId, InvoiceSeries>;
  /** Of the first one; null where its credit notes share the series of the invoices. */
  readonly creditNoteNumberFormat: string | null;
  /** All that numbers ever began with, and whose they were. */
  readonly prefixes: ReadonlyMap<string, PrefixHolder>;
}

/** The invoices of an entity, its credit notes, or those of the first one. */
export type PrefixHolder = LegalEntityId | `${LegalEntityId} credit_notes` | 'credit_notes';

export const defaultEntity = ({ entities }: Pick<LegalEntities, 'entities'>): LegalEntity | undefined => {
  for (const entity of entities.values()) return entity;
  return undefined;
};

/** @throws DomainError `bank_account_number_required` */
export const changedEntity = (entity: LegalEntity, change: LegalEntityChange): LegalEntity => {
  for (const [index, { iban, accountNumber }] of (change.bankAccounts ?? []).entries())
    if (iban === undefined && accountNumber === undefined)
      refuseAt(
        `/bankAccounts/${index}`,
        'bank_account_number_required',
        'A bank account has an IBAN, or a number where there is none.',
      );
  const said = Object.entries({ ...entity, ...change }).filter(([, value]) => !isNothing(value));
  return Object.fromEntries(said) as unknown as LegalEntity;
};

/** A list without entries, or an address without lines, says as much as none. */
const isNothing = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Who sells, as a document of the entity says it: by its legal name, or by what the tenant is called. */
export const sellerOf = (
  { entityId: _, timeZone: __, creditNoteNumberFormat: ___, ...details }: LegalEntity,
  tenantName: string,
): Seller => ({
  name: tenantName,
  ...details,
});
