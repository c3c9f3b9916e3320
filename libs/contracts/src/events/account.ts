import { Type } from 'typebox';
import { closed, Currency, HexDigest, IdText, InstantText, PersonalShape, RecordOf, Text, TimeZone } from './shapes.js';
import { storedEvent } from './stored-event.js';

const TaxStatus = Type.Union([Type.Literal('taxable'), Type.Literal('exempt')]);
const NetTermsDays = Type.Integer({ minimum: 0, maximum: 365 });

export const accountEvents = {
  AccountOpened: storedEvent(
    'A customer of the tenant: the party that owes.',
    Type.Object(
      {
        accountId: IdText('acc'),
        externalIdHash: Type.Optional(HexDigest),
        personal: PersonalShape,
        currency: Currency,
        timeZone: TimeZone,
        netTermsDays: NetTermsDays,
        taxStatus: TaxStatus,
        entityId: IdText('ent'),
        parentAccountId: Type.Optional(IdText('acc')),
        test: Type.Optional(Type.Literal(true)),
        testClockId: Type.Optional(IdText('clk')),
        metadata: RecordOf(Type.String({ maxLength: 1024 })),
        openedAt: InstantText,
      },
      closed,
    ),
    'openedAt',
  ),
  AccountContactChanged: storedEvent(
    'Name, e-mail, address or tax id, whole.',
    Type.Object({ personal: PersonalShape }, closed),
  ),
  AccountExternalIdChanged: storedEvent(
    'Another external id, or none; the old one is free.',
    Type.Object(
      {
        externalIdHash: Type.Optional(HexDigest),
        personal: PersonalShape,
        heldAt: Type.Optional(IdText('acc')),
        formerlyAt: Type.Optional(IdText('acc')),
      },
      closed,
    ),
  ),
  ExternalIdReserved: storedEvent(
    'The external id that the stream’s id follows from belongs to an account that was opened without it.',
    Type.Object({ accountId: IdText('acc') }, closed),
  ),
  PaymentTermsChanged: storedEvent(
    'Days between issue and due.',
    Type.Object({ netTermsDays: NetTermsDays, from: InstantText }, closed),
    'from',
  ),
  TaxStatusChanged: storedEvent(
    'Whether tax is charged.',
    Type.Object({ taxStatus: TaxStatus, from: InstantText }, closed),
    'from',
  ),
  AccountTimeZoneChanged: storedEvent(
    'The zone in which periods turn of subscriptions that are created from then on.',
    Type.Object({ timeZone: TimeZone, from: InstantText }, closed),
    'from',
  ),
  AccountParentChanged: storedEvent(
    'The account that this one belongs to, or none.',
    Type.Object({ parentAccountId: Type.Optional(IdText('acc')) }, closed),
  ),
  AccountMetadataChanged: storedEvent(
    'What the tenant notes about the account, whole.',
    Type.Object({ metadata: RecordOf(Type.String({ maxLength: 1024 })) }, closed),
  ),
  AccountClosed: storedEvent('Nothing is sold to it any more.', Type.Object({ reason: Type.Optional(Text()) }, closed)),
  PersonalDataErased: storedEvent(
    'What was sealed with these keys is gone: the keys are destroyed.',
    Type.Object(
      {
        keyIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 8 }),
        reason: Type.Optional(Text()),
      },
      closed,
    ),
  ),
};
