import type { Fact } from '#contracts';
import { isSame, notFound, refuse, refuseAt, type LegalEntityId, type SeriesId } from '#kernel';
import { changedFormat, invoiceNumbersIn, mayBeginAlike, type InvoiceNumbers } from '../tenant/invoice-numbers.js';
import { APART } from '../tenant/tenant-settings.js';
import {
  changedEntity,
  defaultEntity,
  type LegalEntities,
  type LegalEntityChange,
  type PrefixHolder,
} from './legal-entity.js';

export type LegalEntityCommand =
  | {
      readonly type: 'DefineLegalEntity';
      readonly entityId: LegalEntityId;
      readonly seriesId: SeriesId;
      /** In the zone of the first entity unless it names another. */
      readonly details: LegalEntityChange;
      readonly invoiceNumbers: Partial<InvoiceNumbers>;
    }
  | {
      readonly type: 'ChangeLegalEntity';
      readonly entityId: LegalEntityId;
      readonly change: LegalEntityChange;
      readonly invoiceNumbers?: Partial<InvoiceNumbers>;
    };

type EntityFact = Fact<'LegalEntityDefined' | 'NumberSeriesOpened' | 'NumberFormatChanged'>;

/** All are known to whoever bills, all of the time. */
const ENTITIES_MAX = 50;

const FIRST_FORMAT = '{sequence:6}';

/** @throws DomainError `legal_entity_not_found` | `too_many_legal_entities` | `invalid_invoice_prefix` | `invoice_prefix_taken` */
export const decideLegalEntity = (command: LegalEntityCommand, known: LegalEntities): readonly EntityFact[] =>
  command.type === 'DefineLegalEntity' ? defined(command, known) : changed(command, known);

const defined = (
  { entityId, seriesId, details, invoiceNumbers }: Extract<LegalEntityCommand, { type: 'DefineLegalEntity' }>,
  known: LegalEntities,
): readonly EntityFact[] => {
  if (known.entities.has(entityId)) return [];
  if (known.entities.size >= ENTITIES_MAX)
    return refuse('too_many_legal_entities', `A tenant has ${ENTITIES_MAX} legal entities at most.`);
  const format = freeFormat(changedFormat(FIRST_FORMAT, invoiceNumbers, '/invoiceNumbers/prefix'), entityId, known);
  return [
    {
      type: 'LegalEntityDefined',
      data: changedEntity({ entityId, timeZone: defaultEntity(known)!.timeZone }, details),
    },
    { type: 'NumberSeriesOpened', data: { seriesId, entityId, documentKind: 'invoice', format, start: 1 } },
  ];
};

const changed = (
  { entityId, change, invoiceNumbers = {} }: Extract<LegalEntityCommand, { type: 'ChangeLegalEntity' }>,
  known: LegalEntities,
): readonly EntityFact[] => {
  const entity = known.entities.get(entityId) ?? notFound('legal_entity', entityId);
  const { seriesId, format: before } = known.invoiceSeries.get(entityId)!;
  const after = changedEntity(entity, change);
  const format = changedFormat(before, invoiceNumbers, '/invoiceNumbers/prefix');
  if (format !== before) freeFormat(format, entityId, known);
  return [
    ...(isSame(entity, after) ? [] : [{ type: 'LegalEntityDefined', data: after } as const]),
    ...(format === before ? [] : [{ type: 'NumberFormatChanged', data: { seriesId, format } } as const]),
  ];
};

/**
 * Two series never give one number: what one of them ever began its numbers with is its own for good.
 * @throws DomainError `invoice_prefix_taken` | `invalid_invoice_prefix` of another series of the same entity
 */
export const freeFormat = (
  format: string,
  of: PrefixHolder,
  known: LegalEntities,
  pointer = '/invoiceNumbers/prefix',
): string => {
  const { prefix } = invoiceNumbersIn(format);
  const first = defaultEntity(known)?.entityId;
  const entityOf = (holder: PrefixHolder) => (holder === 'credit_notes' ? first : holder);
  for (const [taken, holder] of known.prefixes) {
    if (holder === of || !mayBeginAlike(taken, prefix)) continue;
    // A tenant that is being created has one entity.
    if (first === undefined || entityOf(holder) === entityOf(of))
      return refuseAt(pointer, 'invalid_invoice_prefix', APART);
    return refuseAt(pointer, 'invoice_prefix_taken', `Numbers of ${entityOf(holder)} begin with it already, or did.`);
  }
  return format;
};
