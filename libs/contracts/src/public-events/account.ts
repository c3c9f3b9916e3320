import { Type } from 'typebox';
import { Currency, IdText, InstantText, TimeZone } from '../events/shapes.js';
import { told, withheld } from './public-event.js';

const NetTermsDays = Type.Integer({ minimum: 0, description: 'Days between issue and due' });
const TaxStatus = Type.Union([Type.Literal('taxable'), Type.Literal('exempt')]);
const from = '2026-01-01T00:00:00Z';

/** Who they are is personal and stays inside: the API tells it to those who may ask. */
export const publicAccountEvents = {
  AccountOpened: told(
    'AccountOpened',
    'account.opened',
    'There is a new account.',
    Type.Object({
      currency: Currency,
      timeZone: TimeZone,
      netTermsDays: NetTermsDays,
      taxStatus: TaxStatus,
      parentAccountId: Type.Optional(IdText('acc')),
      test: Type.Optional(Type.Literal(true)),
      testClockId: Type.Optional(IdText('clk')),
      openedAt: InstantText,
    }),
    { currency: 'USD', timeZone: 'Europe/Berlin', netTermsDays: 14, taxStatus: 'taxable', openedAt: from },
    ({ currency, timeZone, netTermsDays, taxStatus, parentAccountId, test, testClockId, openedAt }) => ({
      currency,
      timeZone,
      netTermsDays,
      taxStatus,
      ...(parentAccountId === undefined ? {} : { parentAccountId }),
      ...(test === undefined ? {} : { test }),
      ...(testClockId === undefined ? {} : { testClockId }),
      openedAt,
    }),
  ),
  AccountContactChanged: told(
    'AccountContactChanged',
    'account.contact_changed',
    'Name, e-mail, address or tax id of an account are others.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  AccountExternalIdChanged: told(
    'AccountExternalIdChanged',
    'account.external_id_changed',
    'An account has another external id, or none: the API answers it.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  ExternalIdReserved: withheld('An event of the account that it is for reports the change.'),
  PaymentTermsChanged: told(
    'PaymentTermsChanged',
    'account.payment_terms_changed',
    'Invoices of an account fall due after other days.',
    Type.Object({ netTermsDays: NetTermsDays, from: InstantText }),
    { netTermsDays: 30, from },
    ({ netTermsDays, from }) => ({ netTermsDays, from }),
  ),
  TaxStatusChanged: told(
    'TaxStatusChanged',
    'account.tax_status_changed',
    'Whether an account is charged tax.',
    Type.Object({ taxStatus: TaxStatus, from: InstantText }),
    { taxStatus: 'exempt', from },
    ({ taxStatus, from }) => ({ taxStatus, from }),
  ),
  AccountTimeZoneChanged: told(
    'AccountTimeZoneChanged',
    'account.time_zone_changed',
    'Subscriptions of an account that are created from then on turn in another zone.',
    Type.Object({ timeZone: TimeZone, from: InstantText }),
    { timeZone: 'Europe/Berlin', from },
    ({ timeZone, from }) => ({ timeZone, from }),
  ),
  AccountParentChanged: told(
    'AccountParentChanged',
    'account.parent_changed',
    'An account belongs to another one, or to none.',
    Type.Object({ parentAccountId: Type.Optional(IdText('acc')) }),
    { parentAccountId: 'acc_01j9zq6e4hf0fvwpn5t5jzq3cd' },
    ({ parentAccountId }) => (parentAccountId === undefined ? {} : { parentAccountId }),
  ),
  AccountMetadataChanged: told(
    'AccountMetadataChanged',
    'account.metadata_changed',
    'What is noted about an account is something else: the API answers it.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  AccountClosed: told(
    'AccountClosed',
    'account.closed',
    'Nothing is sold to an account any more.',
    Type.Object({}),
    {},
    () => ({}),
  ),
  PersonalDataErased: told(
    'PersonalDataErased',
    'account.personal_data_erased',
    'What was known of the person is gone: forget it, too.',
    Type.Object({}),
    {},
    () => ({}),
  ),
};
