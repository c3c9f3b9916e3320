import { derivedId, type BankAccountId, type BankEntryId } from '#kernel';

/** The entry of a bank account that has an identity: the same in every file. */
export const bankEntryOf = (bankAccountId: BankAccountId, identity: string): BankEntryId =>
  derivedId('bke', bankAccountId, identity);
