import type { Fact } from '#contracts';
import { notFound, refuse, refuseAt, type LegalEntityId, type SeriesId } from '#kernel';
import { changedFormat, invoiceNumbersIn, type InvoiceNumbers } from '../tenant/invoice-numbers.js';
import { changedEntity, defaultEntity, type LegalEntities, type LegalEntityChange } from './legal-entity.js';

export type LegalEntityCommand =
  | {
      readonly type: 'DefineLegalEntity';
      readonly entityId: LegalEntityId;
      readonly seriesId: SeriesId;
      readonly timeZone: string;
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
  { entityId, seriesId, timeZone, details, invoiceNumbers }: Extract<LegalEntityCommand, { type: 'DefineLegalEntity' }>,
  known: LegalEntities,
): readonly EntityFact[] => {
  if (known.entities.has(entityId)) return [];
  if (known.entities.size >= ENTITIES_MAX)
    return refuse('too_many_legal_entities', `A tenant has ${ENTITIES_MAX} legal entities at most.`);
  const format = freeFormat(changedFormat(FIRST_FORMAT, invoiceNumbers, '/invoiceNumbers/prefix'), entityId, known);
  return [
    { type: 'LegalEntityDefined', data: changedEntity({ entityId, timeZone }, details) },
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
  const format = freeFormat(changedFormat(before, invoiceNumbers, '/invoiceNumbers/prefix'), entityId, known);
  return [
    ...(isSame(entity, after) ? [] : [{ type: 'LegalEntityDefined', data: after } as const]),
    ...(format === before ? [] : [{ type: 'NumberFormatChanged', data: { seriesId, format } } as const]),
  ];
};

/** Numbers of two entities that begin alike could not be told apart. @throws DomainError `invoice_prefix_taken` */
export const freeFormat = (
  format: string,
  of: LegalEntityId | undefined,
  known: LegalEntities,
  pointer = '/invoiceNumbers/prefix',
): string => {
  const { prefix } = invoiceNumbersIn(format);
  for (const [entityId, taken] of formatsOf(known))
    if (entityId !== of && mayBeginAlike(invoiceNumbersIn(taken).prefix, prefix))
      return refuseAt(pointer, 'invoice_prefix_taken', `Numbers of ${entityId} begin with it already.`);
  return format;
};

const formatsOf = (known: LegalEntities): readonly (readonly [LegalEntityId, string])[] => {
  const { invoiceSeries, creditNoteNumberFormat: format } = known;
  const first = defaultEntity(known)?.entityId;
  return [
    ...[...invoiceSeries].map(([entityId, series]) => [entityId, series.format] as const),
    ...(format === null || first === undefined ? [] : [[first, format] as const]),
  ];
};

/** In some year and month. */
const mayBeginAlike = (left: string, right: string): boolean => {
  const [own, other] = [withDigits(left), withDigits(right)];
  return own.length === other.length && own.every((sign, at) => mayBeSame(sign, other[at]!));
};

/** `#` where a digit of the day of issue will stand. */
const withDigits = (prefix: string): readonly string[] => [
  ...prefix.replaceAll('{year}', '####').replaceAll('{month}', '##'),
];

const mayBeSame = (left: string, right: string): boolean =>
  left === right || (left === '#' && isDigit(right)) || (right === '#' && isDigit(left));

const isDigit = (sign: string): boolean => /^\d$/u.test(sign);

/** Whatever the order of fields in which it was said. */
const isSame = (left: unknown, right: unknown): boolean => {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const [own, other] = [Object.entries(left), right as Readonly<Record<string, unknown>>];
  return own.length === Object.keys(other).length && own.every(([field, value]) => isSame(value, other[field]));
};
