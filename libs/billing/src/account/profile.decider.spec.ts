import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  GRACE,
  givenFor,
  on,
  receivePayment,
  sealed,
  usd,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { StaleFacts } from '../invoice/stale-facts.js';
import { accountDecider } from './account.decider.js';
import type { AccountCommand } from './account.decider.js';

const given = givenFor(accountDecider);

const { openedAt: now, ...profile } = anAccount().data;
const open = (parts: Partial<Extract<AccountCommand, { type: 'OpenAccount' }>> = {}): AccountCommand => ({
  type: 'OpenAccount',
  ...profile,
  now,
  ...parts,
});
const change = (parts: Partial<Extract<AccountCommand, { type: 'ChangeAccount' }>>): AccountCommand => ({
  type: 'ChangeAccount',
  now: at('2026-01-10T00:00:00Z'),
  ...parts,
});
const close: AccountCommand = { type: 'CloseAccount', unbilled: false };

describe('an account', () => {
  it('is opened as asked', () => {
    given().when(open()).then(anAccount());
    given()
      .when(open({ externalIdHash: 'a'.repeat(64), parentAccountId: anId('acc', 2), metadata: { minor: 'x' } }))
      .then(anAccount({ externalIdHash: 'a'.repeat(64), parentAccountId: anId('acc', 2), metadata: { minor: 'x' } }));
  });

  it('is opened once: without an external id, it is the same request come again', () => {
    given(anAccount()).when(open()).thenNothing();
  });

  it('is refused where another one has its external id', () => {
    const externalIdHash = 'a'.repeat(64);
    given(anAccount({ externalIdHash }))
      .when(open({ externalIdHash }))
      .thenRefused('account_already_exists', '/externalId');
  });

  it.each([
    [{ currency: 'AAA' }, 'unknown_currency', '/currency'],
    [{ timeZone: 'Mars/Olympus' }, 'unknown_time_zone', '/timeZone'],
    [{ netTermsDays: -1 }, 'invalid_net_terms', '/netTermsDays'],
    [{ netTermsDays: 366 }, 'invalid_net_terms', '/netTermsDays'],
    [{ netTermsDays: 1.5 }, 'invalid_net_terms', '/netTermsDays'],
  ])('is refused for %j', (parts, code, pointer) => {
    given().when(open(parts)).thenRefused(code, pointer);
  });
});

describe('an external id', () => {
  const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];
  const [elsewhere, further] = [anId('acc', 7), anId('acc', 8)];
  const named = anAccount({ externalIdHash: OLD });
  const rename = (hash?: string, at = elsewhere, replaces = sealed()): AccountCommand =>
    change({
      externalId: { personal: sealed('new'), replaces, ...(hash === undefined ? {} : { reserved: { hash, at } }) },
    });
  const renamed = { externalIdHash: NEW, personal: sealed('new'), heldAt: elsewhere } as const;

  it('becomes another one, and leaves where it was held', () => {
    given(named)
      .when(rename(NEW))
      .then({ type: 'AccountExternalIdChanged', data: { ...renamed, formerlyAt: named.data.accountId } });
    given(anAccount()).when(rename(NEW)).then({ type: 'AccountExternalIdChanged', data: renamed });
    const { state } = given(named)
      .after(rename(NEW))
      .when(rename('c'.repeat(64), further, sealed('new')));
    expect(state).toMatchObject({
      profile: { externalIdHash: 'c'.repeat(64) },
      externalIdHeldAt: further,
      externalIdsFormerlyAt: [named.data.accountId, elsewhere],
    });
  });

  it('is taken away where there is no hash', () => {
    given(named)
      .when(rename())
      .then({
        type: 'AccountExternalIdChanged',
        data: { personal: sealed('new'), formerlyAt: named.data.accountId },
      });
    expect(given(named).after(rename()).state.profile).not.toHaveProperty('externalIdHash');
    given(anAccount()).when(rename()).thenNothing();
  });

  it('is not changed to what it is', () => {
    given(named).when(rename(OLD)).thenNothing();
  });

  it('is not held where it was given up, nor made of a contact that is gone', () => {
    given(named)
      .after(rename(NEW))
      .when(rename(OLD, named.data.accountId, sealed('new')))
      .thenThrows(StaleFacts);
    given(named)
      .when(rename(NEW, elsewhere, { ...sealed(), iv: 'another' }))
      .thenThrows(StaleFacts);
  });

  it('is not taken by whom is erased', () => {
    given(named, { type: 'PersonalDataErased', data: { keyIds: ['key'] } })
      .when(rename(NEW))
      .thenRefused('personal_data_erased');
  });

  it('is reserved once, where no account was opened under it, and none is opened then', () => {
    const reserve = (accountId = anId('acc')): AccountCommand => ({ type: 'ReserveExternalId', accountId });
    given()
      .when(reserve())
      .then({ type: 'ExternalIdReserved', data: { accountId: anId('acc') } });
    given().after(reserve()).when(reserve()).thenNothing();
    given()
      .after(reserve())
      .when(reserve(anId('acc', 2)))
      .thenRefused('external_id_taken', '/externalId');
    given(named).when(reserve()).thenRefused('external_id_taken', '/externalId');
    given()
      .after(reserve())
      .when(open({ externalIdHash: OLD }))
      .thenRefused('account_already_exists', '/externalId');
  });
});

describe('a change of an account', () => {
  it('is one fact for each thing that changes', () => {
    given(anAccount())
      .when(change({ netTermsDays: 14, taxStatus: 'exempt', contact: { personal: sealed('new'), replaces: sealed() } }))
      .then(
        { type: 'AccountContactChanged', data: { personal: sealed('new') } },
        { type: 'PaymentTermsChanged', data: { netTermsDays: 14, from: '2026-01-10T00:00:00Z' } },
        { type: 'TaxStatusChanged', data: { taxStatus: 'exempt', from: '2026-01-10T00:00:00Z' } },
      );
  });

  it('is none where nothing changes', () => {
    given(anAccount())
      .when(change({ netTermsDays: 30, taxStatus: 'taxable' }))
      .thenNothing();
    given(anAccount()).when(change({})).thenNothing();
  });

  it('is remembered', () => {
    const { state } = given(anAccount()).when(change({ netTermsDays: 14, taxStatus: 'exempt' }));
    expect(state.profile).toEqual({ ...anAccount().data, netTermsDays: 14, taxStatus: 'exempt' });
  });

  it('of the contact is made of the contact that is there', () => {
    const replaces = { ...sealed(), iv: 'another' };
    given(anAccount())
      .when(change({ contact: { personal: sealed('new'), replaces } }))
      .thenThrows(StaleFacts);
  });

  it('keeps the bounds of net terms', () => {
    given(anAccount())
      .when(change({ netTermsDays: 400 }))
      .thenRefused('invalid_net_terms', '/netTermsDays');
  });

  it('needs an account that is there, and open', () => {
    given()
      .when(change({ netTermsDays: 14 }))
      .thenRefused('account_not_found');
    given(anAccount())
      .after(close)
      .when(change({ netTermsDays: 14 }))
      .thenRefused('account_closed');
  });
});

describe('what a tenant arranges about an account', () => {
  const later = at('2026-01-10T00:00:00Z');
  const parent = (number: number, above: readonly number[] = []) => ({
    accountId: anId('acc', number),
    above: new Set(above.map((one) => anId('acc', one))),
  });

  it('is one fact for each thing', () => {
    given(anAccount({ metadata: { tier: 'gold', region: 'eu' } }))
      .when(
        change({ timeZone: 'Asia/Tokyo', parent: parent(2), metadata: { tier: 'silver', region: null, owner: 'ops' } }),
      )
      .then(
        { type: 'AccountTimeZoneChanged', data: { timeZone: 'Asia/Tokyo', from: later } },
        { type: 'AccountParentChanged', data: { parentAccountId: anId('acc', 2) } },
        { type: 'AccountMetadataChanged', data: { metadata: { tier: 'silver', owner: 'ops' } } },
      );
  });

  it('is nothing where it is so already', () => {
    given(anAccount({ metadata: { tier: 'gold' }, parentAccountId: anId('acc', 2), timeZone: 'Asia/Tokyo' }))
      .when(change({ timeZone: 'Asia/Tokyo', parent: parent(2), metadata: { tier: 'gold', region: null } }))
      .thenNothing();
    given(anAccount())
      .when(change({ parent: null, metadata: null }))
      .thenNothing();
  });

  it('may be that it belongs to nobody any more, and has no notes', () => {
    given(anAccount({ metadata: { tier: 'gold' }, parentAccountId: anId('acc', 2) }))
      .when(change({ parent: null, metadata: null }))
      .then({ type: 'AccountParentChanged', data: {} }, { type: 'AccountMetadataChanged', data: { metadata: {} } });
    given(anAccount({ parentAccountId: anId('acc', 2) }), { type: 'AccountParentChanged', data: {} })
      .when(change({ parent: null }))
      .thenNothing();
  });

  it('is never that it belongs to itself', () => {
    const own = anAccount().data.accountId;
    given(anAccount())
      .when(change({ parent: { accountId: own, above: new Set() } }))
      .thenRefused('account_parent_cycle', '/parentAccountId');
    given(anAccount())
      .when(change({ parent: { accountId: anId('acc', 2), above: new Set([anId('acc', 3), own]) } }))
      .thenRefused('account_parent_cycle', '/parentAccountId');
    given(anAccount())
      .when(change({ parent: parent(2, [3]) }))
      .then({ type: 'AccountParentChanged', data: { parentAccountId: anId('acc', 2) } });
  });

  it('has bounds', () => {
    const texts = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'x']));
    given(anAccount({ metadata: texts(50) }))
      .when(change({ metadata: { more: 'x' } }))
      .thenRefused('too_much_metadata', '/metadata');
    given(anAccount({ metadata: texts(50) }))
      .when(change({ metadata: { more: 'x', k0: null } }))
      .then({
        type: 'AccountMetadataChanged',
        data: { metadata: { ...Object.fromEntries(Object.entries(texts(50)).slice(1)), more: 'x' } },
      });
    given(anAccount())
      .when(change({ timeZone: 'Mars/Olympus' }))
      .thenRefused('unknown_time_zone', '/timeZone');
  });
});

describe('the legal entity that sells to an account', () => {
  const OTHER = anId('ent', 2);
  const moved = change({ entityId: OTHER });

  it('is another one as long as nothing is issued or booked', () => {
    given(anAccount())
      .when(moved)
      .then({ type: 'AccountEntityChanged', data: { entityId: OTHER } });
    given(anAccount()).after(moved).when(moved).thenNothing();
    expect(given(anAccount()).after(moved).state.profile!.entityId).toBe(OTHER);
    const drafted = given(anAccount()).after(createSubscription(), billAccount({ policy: GRACE }));
    drafted.when(moved).then({ type: 'AccountEntityChanged', data: { entityId: OTHER } });
  });

  it('is the one that an invoice was made for, or that is made anew', () => {
    const subscribed = given(anAccount()).after(createSubscription(), moved);
    subscribed.when(billAccount()).thenThrows(StaleFacts);
    const issued = subscribed.when(billAccount({ entityId: OTHER })).facts;
    expect(issued.some(({ type }) => type === 'InvoiceFinalized')).toBe(true);
  });

  it('stays once there is an invoice, also one that was voided', () => {
    const billed = given(anAccount()).after(createSubscription(), billAccount());
    billed.when(moved).thenRefused('legal_entity_has_books', '/legalEntityId');
    billed.after(voidInvoice()).when(moved).thenRefused('legal_entity_has_books', '/legalEntityId');
    billed.when(change({ entityId: profile.entityId })).thenNothing();
  });
});

describe('closing an account', () => {
  it('is a fact, once', () => {
    given(anAccount()).when(close).then({ type: 'AccountClosed', data: {} });
    given(anAccount())
      .when({ ...close, reason: 'Moved' })
      .then({ type: 'AccountClosed', data: { reason: 'Moved' } });
    given(anAccount()).after(close).when(close).thenNothing();
    given().when(close).thenRefused('account_not_found');
  });

  it('waits for the end of its subscriptions', () => {
    given(anAccount()).after(createSubscription()).when(close).thenRefused('account_has_subscriptions');
    const canceled = cancelSubscription({ now: at('2026-01-01T00:00:00Z') });
    given(anAccount()).after(createSubscription(), canceled).when(close).then({ type: 'AccountClosed', data: {} });
    given(anAccount())
      .after(createSubscription(), cancelSubscription({ at: 'period_end' }))
      .when(close)
      .thenRefused('account_has_subscriptions');
  });

  it('waits until everything is billed', () => {
    const arrears = aCatalog({ plans: [aPlan({ charges: [aCharge({ timing: 'in_arrears' })] })] });
    const ended = given(anAccount()).after(
      createSubscription({ catalog: arrears }),
      cancelSubscription({ catalog: arrears, now: at('2026-01-11T00:00:00Z') }),
    );
    ended.when(close).thenRefused('account_has_unbilled_charges');
    ended
      .after(
        billAccount({ catalog: arrears, billThrough: at('2026-01-11T00:00:00Z') }),
        receivePayment({ amount: usd(9_68n) }),
      )
      .when(close)
      .then({ type: 'AccountClosed', data: {} });
  });

  it('waits for its invoices to be paid', () => {
    const billed = given(anAccount()).after(
      createSubscription(),
      billAccount(),
      cancelSubscription({ credit: 'none', now: at('2026-01-05T00:00:00Z') }),
    );
    billed.when(close).thenRefused('account_has_open_invoices');
    billed.after(receivePayment()).when(close).then({ type: 'AccountClosed', data: {} });
  });

  it.each([
    ['credit', { debit: 'promotional_discount', credit: 'customer_credit' }],
    ['a wallet', { debit: 'cash', credit: 'wallet' }],
    ['a pending transfer', { debit: 'cash', credit: 'revenue', flags: ['pending'] }],
  ] as const)('waits for a book without %s', (_, sides) => {
    const order = { transferId: anId('tfr'), amount: usd(5_00n), flags: [], ...sides };
    const submit = { type: 'SubmitTransfers', orders: [order], bookedOn: on('2026-01-05'), timeZone: 'UTC' } as const;
    given(anAccount())
      .after({ ...submit, now: at('2026-01-05T00:00:00Z') })
      .when(close)
      .thenRefused('account_book_not_even');
  });

  it.each<AccountCommand>([createSubscription(), receivePayment(), open({ externalIdHash: 'a'.repeat(64) })])(
    'leaves no room for $type',
    (command) => {
      const refusal = command.type === 'OpenAccount' ? 'account_already_exists' : 'account_closed';
      given(anAccount()).after(close).when(command).thenRefused(refusal);
    },
  );
});

describe('erasing personal data', () => {
  const erase = (parts: Partial<Extract<AccountCommand, { type: 'ErasePersonalData' }>> = {}): AccountCommand => ({
    type: 'ErasePersonalData',
    keyIds: ['profile'],
    documents: false,
    now: at('2026-02-01T00:00:00Z'),
    ...parts,
  });
  const both = { keyIds: ['profile', 'documents'], documents: true };

  it('is a fact, once for each key', () => {
    given(anAccount())
      .when(erase({ reason: 'Asked for' }))
      .then({ type: 'PersonalDataErased', data: { keyIds: ['profile'], reason: 'Asked for' } });
    given(anAccount()).after(erase()).when(erase()).thenNothing();
    given(anAccount())
      .after(erase())
      .when(erase(both))
      .then({ type: 'PersonalDataErased', data: { keyIds: ['documents'] } });
  });

  it('needs an account, open or closed', () => {
    given().when(erase()).thenRefused('account_not_found');
    given(anAccount())
      .after(close)
      .when(erase())
      .then({ type: 'PersonalDataErased', data: { keyIds: ['profile'] } });
  });

  it('leaves what issued documents say for ten years', () => {
    const issued = given(anAccount()).after(createSubscription(), billAccount());
    issued.when(erase(both)).thenRefused('documents_retained', '/documents');
    issued.when(erase({ ...both, now: at('2035-12-31T00:00:00Z') })).thenRefused('documents_retained', '/documents');
    issued
      .when(erase({ ...both, now: at('2036-02-01T00:00:00Z') }))
      .then({ type: 'PersonalDataErased', data: { keyIds: ['profile', 'documents'] } });
    given(anAccount())
      .when(erase(both))
      .then({ type: 'PersonalDataErased', data: { keyIds: ['profile', 'documents'] } });
  });

  it('ends changes of the contact, and nothing else', () => {
    const erased = given(anAccount()).after(erase());
    erased
      .when(change({ contact: { personal: sealed('new'), replaces: sealed() } }))
      .thenRefused('personal_data_erased');
    erased.when(createSubscription({ personal: sealed() })).thenRefused('personal_data_erased');
    erased
      .when(change({ netTermsDays: 14 }))
      .then({ type: 'PaymentTermsChanged', data: { netTermsDays: 14, from: '2026-01-10T00:00:00Z' } });
    expect(erased.after(createSubscription()).when(billAccount()).facts).not.toEqual([]);
  });
});
