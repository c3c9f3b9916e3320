import type { ProfileFact } from '#contracts';
import { dayOfMonth, dayOfMonthAfter, localDateOf, refuse, refuseAt, type Instant } from '#kernel';
import type { ProfileCommand } from './account.commands.js';
import type { Account, Profile } from './account.state.js';

/** The longest that tax law commonly asks for invoices to be kept. */
const DOCUMENTS_KEPT_MONTHS = 120;

/** @throws DomainError `personal_data_erased` */
export const refuseErased = ({ erasedAt }: Account): void => {
  if (erasedAt !== null)
    refuse('personal_data_erased', 'The personal data of the account was erased: it takes none any more.');
};

/** What is erased of a person: the profile, and what documents say where no law keeps it. @throws DomainError `documents_retained` */
export const erasure = (
  { keyIds: asked, documents, reason, now }: Extract<ProfileCommand, { type: 'ErasePersonalData' }>,
  account: Account,
  profile: Profile,
): readonly ProfileFact[] => {
  const keyIds = asked.filter((keyId) => !account.erasedKeys.has(keyId));
  if (keyIds.length === 0) return [];
  if (documents && keepsDocuments(account, now, profile)) {
    return refuseAt(
      '/documents',
      'documents_retained',
      'The account has invoices that were issued less than ten years ago: what they say is kept by law.',
    );
  }
  return [{ type: 'PersonalDataErased', data: { keyIds, ...(reason === undefined ? {} : { reason }) } }];
};

const keepsDocuments = ({ invoices, creditNotes }: Account, now: Instant, { timeZone }: Profile): boolean => {
  const today = localDateOf(now, timeZone);
  return [...invoices.values(), ...creditNotes.values()].some(
    ({ issued }) =>
      issued !== null && dayOfMonthAfter(issued.issueDate, DOCUMENTS_KEPT_MONTHS, dayOfMonth(issued.issueDate)) > today,
  );
};
