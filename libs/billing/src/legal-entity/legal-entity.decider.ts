import type { Fact } from '#contracts';
import { isSame, notFound, refuse, refuseAt, type LegalEntityId, type SeriesId } from '#kernel';
import { changedFormat, invoiceNumbersIn, mayBeginAlike, type InvoiceNumbers } from '../tenant/invoice-numbers.js';
import { CREDIT_NOTE_NUMBERS } from '../tenant/number-series.js';
import { APART } from '../tenant/tenant-settings.js';
import {
  changedEntity,
  defaultEntity,
  type LegalEntities,
  type LegalEntity,
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
      readonly creditNoteNumbers?: Partial<InvoiceNumbers> | null;
    }
  | {
      readonly type: 'ChangeLegalEntity';
      readonly entityId: LegalEntityId;
      readonly change: LegalEntityChange;
      readonly invoiceNumbers?: Partial<InvoiceNumbers>;
      /** Null: those of the invoices go on. Of the first one, they are settings of the tenant. */
      readonly creditNoteNumbers?: Partial<InvoiceNumbers> | null;
    };

type EntityFact = Fact<'LegalEntityDefined' | 'NumberSeriesOpened' | 'NumberFormatChanged'>;

/** All are known to whoever bills, all of the time. */
const ENTITIES_MAX = 50;

const FIRST_FORMAT = '{sequence:6}';

/** @throws DomainError `legal_entity_not_found` | `too_many_legal_entities` | `invalid_invoice_prefix` | `invoice_prefix_taken` */
export const decideLegalEntity = (command: LegalEntityCommand, known: LegalEntities): readonly EntityFact[] =>
  command.type === 'DefineLegalEntity' ? defined(command, known) : changed(command, known);

const defined = (
  command: Extract<LegalEntityCommand, { type: 'DefineLegalEntity' }>,
  known: LegalEntities,
): readonly EntityFact[] => {
  const { entityId, seriesId, details, invoiceNumbers, creditNoteNumbers = null } = command;
  if (known.entities.has(entityId)) return [];
  if (known.entities.size >= ENTITIES_MAX)
    return refuse('too_many_legal_entities', `A tenant has ${ENTITIES_MAX} legal entities at most.`);
  const format = freeFormat(changedFormat(FIRST_FORMAT, invoiceNumbers, '/invoiceNumbers/prefix'), entityId, known);
  const entity = changedEntity({ entityId, timeZone: defaultEntity(known)!.timeZone }, details);
  return [
    { type: 'LegalEntityDefined', data: withCreditNotes(entity, creditNoteNumbers, format, known) },
    { type: 'NumberSeriesOpened', data: { seriesId, entityId, documentKind: 'invoice', format, start: 1 } },
  ];
};

const changed = (
  command: Extract<LegalEntityCommand, { type: 'ChangeLegalEntity' }>,
  known: LegalEntities,
): readonly EntityFact[] => {
  const { entityId, change, invoiceNumbers = {} } = command;
  const entity = known.entities.get(entityId) ?? notFound('legal_entity', entityId);
  const { seriesId, format: before } = known.invoiceSeries.get(entityId)!;
  const format = changedFormat(before, invoiceNumbers, '/invoiceNumbers/prefix');
  if (format !== before) freeFormat(format, entityId, known);
  const creditNoteNumbers = entityId === defaultEntity(known)!.entityId ? undefined : command.creditNoteNumbers;
  const after = withCreditNotes(changedEntity(entity, change), creditNoteNumbers, format, known);
  return [
    ...(isSame(entity, after) ? [] : [{ type: 'LegalEntityDefined', data: after } as const]),
    ...(format === before ? [] : [{ type: 'NumberFormatChanged', data: { seriesId, format } } as const]),
  ];
};

const withCreditNotes = (
  { creditNoteNumberFormat: before, ...entity }: LegalEntity,
  change: Partial<InvoiceNumbers> | null | undefined,
  invoices: string,
  known: LegalEntities,
): LegalEntity => {
  if (change === null) return entity;
  const format =
    change === undefined ? before : changedFormat(before ?? CREDIT_NOTE_NUMBERS, change, CREDIT_NOTE_PREFIX);
  if (format === undefined) return entity;
  if (mayBeginAlike(invoiceNumbersIn(format).prefix, invoiceNumbersIn(invoices).prefix))
    return refuseAt(CREDIT_NOTE_PREFIX, 'invalid_invoice_prefix', APART);
  if (format !== before) freeFormat(format, `${entity.entityId} credit_notes`, known, CREDIT_NOTE_PREFIX);
  return { ...entity, creditNoteNumberFormat: format };
};

const CREDIT_NOTE_PREFIX = '/creditNoteNumbers/prefix';

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
  const entityOf = (holder: PrefixHolder) => (holder === 'credit_notes' ? first : holder.split(' ')[0]);
  for (const [taken, holder] of known.prefixes) {
    if (holder === of || !mayBeginAlike(taken, prefix)) continue;
    // A tenant that is being created has one entity.
    if (first === undefined || entityOf(holder) === entityOf(of))
      return refuseAt(pointer, 'invalid_invoice_prefix', APART);
    return refuseAt(pointer, 'invoice_prefix_taken', `Numbers of ${entityOf(holder)} begin with it already, or did.`);
  }
  return format;
};
