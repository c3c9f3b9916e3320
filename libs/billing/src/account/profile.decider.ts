import type { Fact, ProfileFact } from '#contracts';
import { currencyRefusal, utcDateOf, isTimeZone, timeZoneRefusal, refuse, refuseAt, type AccountId } from '#kernel';
import { pendingItems } from '../invoice-item/invoice-item.js';
import { StaleFacts } from '../invoice/stale-facts.js';
import { withNextCheck } from '../party/tax-id-timer.js';
import type { ProfileCommand } from './account.commands.js';
import type { Account, Profile } from './account.state.js';
import { erasure, refuseErased } from './erasure.js';
import { refuseUneven } from './even-book.js';
import { changedExternalId, reservedExternalId } from './external-id.js';
import { changedMetadata } from './metadata.js';
import type { Slice } from './slice.js';

type Command<Type extends ProfileCommand['type']> = Extract<ProfileCommand, { type: Type }>;

const NET_TERMS_DAYS_MAX = 365;

/** @throws DomainError `account_not_found` */
export const knownProfile = ({ profile }: Account): Profile =>
  profile ?? refuse('account_not_found', 'There is no such account.', 'not_found');

/** @throws DomainError `account_not_found` | `account_closed` */
export const openProfile = (account: Account): Profile => {
  const profile = knownProfile(account);
  return account.closed ? refuse('account_closed', 'The account is closed.') : profile;
};

const open = (command: Command<'OpenAccount'>, account: Account): readonly ProfileFact[] => {
  if (account.profile !== null || account.reservedFor !== null) return opensAgain(command);
  const { type: _, now, ofTestTenant = false, ...profile } = command;
  const refusal = currencyRefusal(profile.currency, utcDateOf(now));
  if (refusal) return refuseAt('/currency', refusal.code, refusal.message);
  refuseZone(profile.timeZone);
  refuseTerms(profile.netTermsDays);
  if (profile.testClockId !== undefined && profile.test !== true && !ofTestTenant) {
    return refuseAt(
      '/testClockId',
      'test_account_required',
      'Only test accounts, and those of a test tenant, live by a test clock.',
    );
  }
  return [{ type: 'AccountOpened', data: { ...profile, openedAt: now } }];
};

/** Without an external id, the id comes from the command itself: it is the same request, come again. */
const opensAgain = ({ externalIdHash }: Command<'OpenAccount'>): readonly [] =>
  externalIdHash === undefined
    ? []
    : refuseAt(
        '/externalId',
        'account_already_exists',
        'There is an account with this external id already.',
        'conflict',
      );

const change = (command: Command<'ChangeAccount'>, account: Account): readonly ProfileFact[] => {
  const profile = openProfile(account);
  const { contact, externalId, netTermsDays, taxStatus, timeZone, entityId, parent, metadata, now } = command;
  const facts: ProfileFact[] = [];
  if (contact) {
    facts.push(contactChanged(contact, account));
  }
  if (externalId) facts.push(...changedExternalId(externalId, account, profile));
  if (netTermsDays !== undefined && netTermsDays !== profile.netTermsDays) {
    refuseTerms(netTermsDays);
    facts.push({ type: 'PaymentTermsChanged', data: { netTermsDays, from: now } });
  }
  if (taxStatus !== undefined && taxStatus !== profile.taxStatus) {
    facts.push({ type: 'TaxStatusChanged', data: { taxStatus, from: now } });
  }
  if (timeZone !== undefined && timeZone !== profile.timeZone) {
    refuseZone(timeZone);
    facts.push({ type: 'AccountTimeZoneChanged', data: { timeZone, from: now } });
  }
  if (entityId !== undefined && entityId !== profile.entityId) {
    refuseBooked(account);
    facts.push({ type: 'AccountEntityChanged', data: { entityId } });
  }
  if (parent !== undefined && (parent?.accountId ?? null) !== (profile.parentAccountId ?? null)) {
    if (parent) refuseCycle(profile, parent);
    facts.push({ type: 'AccountParentChanged', data: parent ? { parentAccountId: parent.accountId } : {} });
  }
  const changed = metadata === undefined ? undefined : changedMetadata(profile.metadata, metadata);
  if (changed) facts.push({ type: 'AccountMetadataChanged', data: { metadata: changed } });
  return facts;
};

/** A book, a series of numbers and what settles an invoice are of one entity: what it sold stays with it. */
const contactChanged = (
  { personal, replaces }: NonNullable<Command<'ChangeAccount'>['contact']>,
  account: Account,
): Fact<'AccountContactChanged'> => {
  refuseErased(account);
  if (replaces.iv !== openProfile(account).personal.iv) throw new StaleFacts('The contact changed in between.');
  return { type: 'AccountContactChanged', data: { personal } };
};

const recordChecks = ({ contact, checks }: Command<'RecordTaxIdChecks'>, account: Account): readonly ProfileFact[] => {
  if (checks.length === 0) return [];
  const changed = contactChanged(contact, account);
  const { accountId } = openProfile(account);
  const said = withNextCheck(checks, account.taxIdLooks, accountId);
  return [changed, ...said.map((data) => ({ type: 'TaxIdChecked', data }) as const)];
};

const refuseBooked = ({ book, invoices, payments }: Account): void => {
  const isIssued = [...invoices.values()].some(({ issued }) => issued !== null);
  if (isIssued || payments.size > 0 || book.size > 0)
    refuseAt(
      '/legalEntityId',
      'legal_entity_has_books',
      'Its legal entity has issued invoices or booked something for the account: open another account.',
    );
};

const refuseZone = (timeZone: string): void => {
  if (!isTimeZone(timeZone)) refuseAt('/timeZone', 'unknown_time_zone', timeZoneRefusal(timeZone));
};

const refuseCycle = (
  { accountId }: Profile,
  parent: { readonly accountId: AccountId; readonly above: ReadonlySet<AccountId> },
): void => {
  if (parent.accountId === accountId || parent.above.has(accountId))
    refuseAt('/parentAccountId', 'account_parent_cycle', 'The account would belong to itself, in one step or several.');
};

const close = ({ unbilled, reason }: Command<'CloseAccount'>, account: Account): readonly ProfileFact[] => {
  if (account.closed) return [];
  openProfile(account);
  if (account.liveSubscriptions > 0) {
    return refuse('account_has_subscriptions', 'The account has subscriptions that have not ended.');
  }
  if ([...account.invoices.values()].some(({ status }) => status === 'draft' || status === 'open')) {
    return refuse('account_has_open_invoices', 'The account has invoices that are neither paid nor given up.');
  }
  const scheduled = [...account.subscriptions.values()].some(({ schedule }) => schedule.nextBillAt !== null);
  if (unbilled || scheduled || pendingItems(account).length > 0) {
    return refuse('account_has_unbilled_charges', 'The account has charges that are still to be billed.');
  }
  if ([...account.wallets.values()].some(({ closedOn }) => closedOn === null))
    return refuse('account_has_open_wallets', 'The account has wallets that are open: close them first.');
  refuseUneven(account);
  return [{ type: 'AccountClosed', data: reason === undefined ? {} : { reason } }];
};

const refuseTerms = (days: number): void => {
  if (!Number.isInteger(days) || days < 0 || days > NET_TERMS_DAYS_MAX) {
    refuseAt('/netTermsDays', 'invalid_net_terms', `Net terms are whole days from 0 to ${NET_TERMS_DAYS_MAX}.`);
  }
};

/** Changes some of the profile. */
const revise = (account: Account, change: Partial<Profile>): void => {
  account.profile = { ...account.profile!, ...change };
};

export const profileSlice: Slice<ProfileCommand, ProfileFact> = {
  decide: {
    OpenAccount: open,
    ChangeAccount: change,
    RecordTaxIdChecks: recordChecks,
    ReserveExternalId: reservedExternalId,
    CloseAccount: close,
    ErasePersonalData: (command, account) => erasure(command, account, knownProfile(account)),
  },
  evolve: {
    AccountOpened(account, data) {
      account.profile = data;
      account.externalIdHeldAt = data.externalIdHash === undefined ? null : data.accountId;
    },
    AccountExternalIdChanged(account, { personal, externalIdHash, heldAt, formerlyAt }) {
      const { externalIdHash: _, ...profile } = account.profile!;
      account.profile = { ...profile, personal, ...(externalIdHash === undefined ? {} : { externalIdHash }) };
      account.externalIdHeldAt = heldAt ?? null;
      if (formerlyAt !== undefined) account.externalIdsFormerlyAt = [...account.externalIdsFormerlyAt, formerlyAt];
    },
    ExternalIdReserved(account, { accountId }) {
      account.reservedFor = accountId;
    },
    AccountContactChanged: revise,
    // What was found stands in the contact that changed with it.
    TaxIdChecked(account, { unknownSince = null, timer }) {
      account.taxIdLooks = { generation: timer?.generation ?? account.taxIdLooks.generation, unknownSince };
    },
    PaymentTermsChanged: (account, { netTermsDays }) => revise(account, { netTermsDays }),
    TaxStatusChanged: (account, { taxStatus }) => revise(account, { taxStatus }),
    AccountTimeZoneChanged: (account, { timeZone }) => revise(account, { timeZone }),
    AccountParentChanged(account, data) {
      const { parentAccountId: _, ...profile } = account.profile!;
      account.profile = { ...profile, ...data };
    },
    AccountEntityChanged: (account, { entityId }) => revise(account, { entityId }),
    AccountMetadataChanged: revise,
    AccountClosed(account) {
      account.closed = true;
    },
    PersonalDataErased(account, { keyIds }, { recordedAt }) {
      account.erasedAt ??= recordedAt;
      for (const keyId of keyIds) account.erasedKeys.add(keyId);
    },
  },
};
