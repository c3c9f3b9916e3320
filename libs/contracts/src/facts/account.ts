import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held } from './held.js';
import { TaxIdShape } from './party-shapes.js';
import {
  Currency,
  HexDigest,
  IdText,
  InstantText,
  MetadataShape,
  OneOf,
  PersonalShape,
  Text,
  TimerShape,
  TimeZone,
} from './shapes.js';

const TaxStatus = OneOf('taxable', 'exempt');
export type TaxStatus = Held<typeof TaxStatus>;
const NetTermsDays = Type.Integer({ minimum: 0, maximum: 365, description: 'Days between issue and due' });
const from = '2026-01-01T00:00:00Z';
/** Who they are is personal and stays inside: the API tells it to those who may ask. */
export const accountFacts = {
  AccountOpened: fact(
    'A customer of the tenant: the party that owes.',
    {
      accountId: IdText('acc'),
      /** Keyed hash of the external id; the id itself is inside `personal`. */
      externalIdHash: Type.Optional(HexDigest),
      personal: PersonalShape,
      currency: Currency,
      timeZone: TimeZone,
      netTermsDays: NetTermsDays,
      taxStatus: TaxStatus,
      entityId: IdText('ent'),
      parentAccountId: Type.Optional(IdText('acc')),
      /** Outside all reports, with invoice numbers of its own. */
      test: Type.Optional(Type.Literal(true)),
      /** The clock that it lives by; of test accounts alone. */
      testClockId: Type.Optional(IdText('clk')),
      metadata: MetadataShape,
      openedAt: InstantText,
    },
    'openedAt',
  ).told({
    type: 'account.opened',
    means: 'There is a new account.',
    fields: ['currency', 'timeZone', 'netTermsDays', 'taxStatus', 'parentAccountId', 'test', 'testClockId', 'openedAt'],
    example: { currency: 'USD', timeZone: 'Europe/Berlin', netTermsDays: 14, taxStatus: 'taxable', openedAt: from },
  }),
  AccountContactChanged: fact('Name, e-mail, address or tax id, whole.', { personal: PersonalShape }).announced(
    'account.contact_changed',
    'Name, e-mail, address or tax id of an account are others.',
  ),
  /** Which tax id it was is inside `personal` of the contact that changes with it. */
  TaxIdChecked: fact(
    'A register was asked whether a tax id of the account is valid.',
    {
      taxIdType: TaxIdShape.properties.type,
      /** `unknown`: the register did not say. */
      result: OneOf('valid', 'invalid', 'unknown'),
      checkedAt: InstantText,
      /** By which the register knows that it was asked. */
      consultation: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      /** Of what is unknown: since when the register has not said of all tax ids. */
      unknownSince: Type.Optional(InstantText),
      /** When it is asked again by itself; on the last of the tax ids that it was asked about together. */
      timer: Type.Optional(TimerShape),
    },
    'checkedAt',
  ).told({
    type: 'account.tax_id_checked',
    means: 'A register was asked whether a tax id of an account is valid.',
    fields: ['taxIdType', 'result', 'checkedAt'],
    example: { taxIdType: 'eu_vat', result: 'valid', checkedAt: from },
  }),
  AccountExternalIdChanged: fact('Another external id, or none; the old one is free.', {
    externalIdHash: Type.Optional(HexDigest),
    /** Whole, with the external id in it. */
    personal: PersonalShape,
    /** The id that follows from the external id: its stream holds it for this account. */
    heldAt: Type.Optional(IdText('acc')),
    /** The same of the external id before. */
    formerlyAt: Type.Optional(IdText('acc')),
  }).announced('account.external_id_changed', 'An account has another external id, or none: the API answers it.'),
  ExternalIdReserved: fact(
    'The external id that the stream’s id follows from belongs to an account that was opened without it.',
    { accountId: IdText('acc') },
  ).withheld('An event of the account that it is for reports the change.'),
  PaymentTermsChanged: fact(
    'Days between issue and due.',
    { netTermsDays: NetTermsDays, from: InstantText },
    'from',
  ).told({
    type: 'account.payment_terms_changed',
    means: 'Invoices of an account fall due after other days.',
    fields: ['netTermsDays', 'from'],
    example: { netTermsDays: 30, from },
  }),
  TaxStatusChanged: fact('Whether tax is charged.', { taxStatus: TaxStatus, from: InstantText }, 'from').told({
    type: 'account.tax_status_changed',
    means: 'Whether an account is charged tax.',
    fields: ['taxStatus', 'from'],
    example: { taxStatus: 'exempt', from },
  }),
  /** Subscriptions that are created from then on turn in it; those that run keep theirs. */
  AccountTimeZoneChanged: fact(
    'The zone in which periods turn of subscriptions that are created from then on.',
    { timeZone: TimeZone, from: InstantText },
    'from',
  ).told({
    type: 'account.time_zone_changed',
    means: 'Subscriptions of an account that are created from then on turn in another zone.',
    fields: ['timeZone', 'from'],
    example: { timeZone: 'Europe/Berlin', from },
  }),
  AccountParentChanged: fact('The account that this one belongs to, or none.', {
    parentAccountId: Type.Optional(IdText('acc')),
  }).told({
    type: 'account.parent_changed',
    means: 'An account belongs to another one, or to none.',
    fields: ['parentAccountId'],
    example: { parentAccountId: 'acc_01j9zq6e4hf0fvwpn5t5jzq3cd' },
  }),
  /** Never once something is booked or issued: books, numbers and documents are of one entity. */
  AccountEntityChanged: fact('The legal entity that sells to it.', { entityId: IdText('ent') }).told({
    type: 'account.legal_entity_changed',
    means: 'Another legal entity sells to an account.',
    fields: ['entityId'],
    as: { entityId: 'legalEntityId' },
    example: { legalEntityId: 'ent_01j9zq6e4hf0fvwpn5t5jzq3cd' },
  }),
  AccountMetadataChanged: fact('What the tenant notes about the account, whole.', {
    metadata: MetadataShape,
  }).announced('account.metadata_changed', 'What is noted about an account is something else: the API answers it.'),
  AccountClosed: fact('Nothing is sold to it any more.', { reason: Type.Optional(Text()) }).announced(
    'account.closed',
    'Nothing is sold to an account any more.',
  ),
  PersonalDataErased: fact('What was sealed with these keys is gone: the keys are destroyed.', {
    keyIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 8 }),
    reason: Type.Optional(Text()),
  }).announced('account.personal_data_erased', 'What was known of the person is gone: forget it, too.'),
};
