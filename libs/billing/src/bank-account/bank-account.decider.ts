import type { BankFact, RecordedBankEntry } from '#contracts';
import { notFound, refuse, type BankEntryId, type Decider } from '#kernel';
import type { BankAccountCommand } from './bank-account.commands.js';
import { paymentOfMatch, type BankAccountState, type BankEntry } from './bank-account.js';

type Command<Type extends BankAccountCommand['type']> = Extract<BankAccountCommand, { type: Type }>;

const ENTRIES_OF_FACT = 100;

/** What another file told already is not told again; nor are the payments of a booking that was matched or ignored as a whole. */
const record = ({ entries }: Command<'RecordBankEntries'>, account: BankAccountState): BankFact[] => {
  const { bankAccountId } = registered(account);
  const fresh = entries.filter((entry) => isFresh(entry, account));
  return Array.from({ length: Math.ceil(fresh.length / ENTRIES_OF_FACT) }, (_, chunk) => ({
    type: 'BankEntriesRecorded',
    data: { bankAccountId, entries: fresh.slice(chunk * ENTRIES_OF_FACT, (chunk + 1) * ENTRIES_OF_FACT) },
  }));
};

const isFresh = ({ identity, partOf }: RecordedBankEntry, account: BankAccountState): boolean => {
  if (account.byIdentity.has(identity) || account.split.has(identity)) return false;
  const whole = partOf === undefined ? undefined : account.byIdentity.get(partOf);
  return whole === undefined || ['unmatched', 'split'].includes(account.entries.get(whole)!.status);
};

const match = (command: Command<'MatchBankEntry'>, account: BankAccountState): BankFact[] => {
  const { tenantId, accountId, allocations, reason } = command;
  const entry = entryOf(account, command.entryId);
  const { id: entryId, amount, bookedOn } = entry;
  refuseMatch(entry);
  const turn = entry.turns + 1;
  const paymentId = paymentOfMatch(tenantId, entryId, turn);
  const data = { entryId, accountId, paymentId, turn, amount, allocations: [...allocations], reason, bookedOn };
  return [{ type: 'BankEntryMatched', data }];
};

/** What is matched, or told in its payments, is nothing to decide on. */
const refuseDecided = ({ status }: BankEntry): void => {
  if (status === 'matched')
    refuse('bank_entry_already_matched', 'The entry is matched already: unmatch it first.', 'conflict');
  if (status === 'split')
    refuse('bank_entry_split', 'The entry is told in its payments since: match these.', 'conflict');
};

const refuseMatch = (entry: BankEntry): void => {
  const { status, amount } = entry;
  refuseDecided(entry);
  if (status === 'ignored') refuse('bank_entry_ignored', 'The entry is ignored: unmatch it first.', 'conflict');
  if (amount.minor <= 0n) refuse('bank_entry_not_incoming', 'The entry is no money that came in.');
};

const unmatch = ({ entryId, reason, turn }: Command<'UnmatchBankEntry'>, account: BankAccountState): BankFact[] => {
  const { match: matched, status } = entryOf(account, entryId);
  if (turn !== undefined && matched?.turn !== turn) return [];
  if (status === 'ignored') return [{ type: 'BankEntryRestored', data: { entryId } }];
  if (matched === null)
    return refuse('bank_entry_not_matched', 'The entry is neither matched nor ignored.', 'conflict');
  const { accountId, paymentId } = matched;
  const said = reason === undefined ? {} : { reason };
  return [{ type: 'BankEntryUnmatched', data: { entryId, accountId, paymentId, turn: matched.turn, ...said } }];
};

const ignore = ({ entryId, reason }: Command<'IgnoreBankEntry'>, account: BankAccountState): BankFact[] => {
  const entry = entryOf(account, entryId);
  if (entry.status === 'ignored') return [];
  refuseDecided(entry);
  return [{ type: 'BankEntryIgnored', data: { entryId, ...(reason === undefined ? {} : { reason }) } }];
};

const registered = ({ registered: account }: BankAccountState) => account ?? notFound('bank_account', '');

const entryOf = (account: BankAccountState, entryId: BankEntryId): BankEntry =>
  account.entries.get(entryId) ?? notFound('bank_entry', entryId);

const add = (account: BankAccountState, { entryId, identity, partOf, amount, bookedOn }: RecordedBankEntry): void => {
  account.entries.set(entryId, { id: entryId, amount, bookedOn, status: 'unmatched', turns: 0, match: null });
  account.byIdentity.set(identity, entryId);
  if (partOf === undefined) return;
  account.split.add(partOf);
  const whole = account.byIdentity.get(partOf);
  if (whole !== undefined) account.entries.get(whole)!.status = 'split';
};

export const bankAccountDecider: Decider<BankAccountState, BankAccountCommand, BankFact> = {
  initialState: () => ({
    registered: null,
    entries: new Map(),
    byIdentity: new Map(),
    split: new Set(),
    statements: new Set(),
  }),

  decide(command, account) {
    switch (command.type) {
      case 'RegisterBankAccount':
        return account.registered === null ? [{ type: 'BankAccountRegistered', data: command.account }] : [];
      case 'RecordBankEntries':
        return record(command, account);
      case 'ImportBankStatement': {
        const { bankAccountId } = registered(account);
        if (account.statements.has(command.statement.digest)) return [];
        return [{ type: 'BankStatementImported', data: { bankAccountId, ...command.statement } }];
      }
      case 'MatchBankEntry':
        return match(command, account);
      case 'UnmatchBankEntry':
        return unmatch(command, account);
      case 'IgnoreBankEntry':
        return ignore(command, account);
    }
  },

  evolve(account, { type, data }) {
    switch (type) {
      case 'BankAccountRegistered':
        account.registered = data;
        return;
      case 'BankEntriesRecorded':
        for (const entry of data.entries) add(account, entry);
        return;
      case 'BankStatementImported':
        account.statements.add(data.digest);
        return;
      case 'BankEntryMatched':
        Object.assign(account.entries.get(data.entryId)!, { status: 'matched', turns: data.turn, match: data });
        return;
      case 'BankEntryIgnored':
        account.entries.get(data.entryId)!.status = 'ignored';
        return;
      case 'BankEntryUnmatched':
      case 'BankEntryRestored':
        Object.assign(account.entries.get(data.entryId)!, { status: 'unmatched', match: null });
        return;
    }
  },
};
