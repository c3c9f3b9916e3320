import { bankStream, type BankMatchReason } from '#contracts';
import { notFound, type AccountId, type BankAccountId, type BankEntryId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AllocationOrder } from '../../payment/payment.commands.js';
import type { BankAccountState } from '../bank-account.js';
import type { BankEntryRecord } from '../bank-account.record.js';
import { BankAccounts } from './bank-accounts.js';
import { BankPayments } from './bank-payments.js';

abstract class EntryCommand extends Command<Executed<BankEntryRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly bankAccountId: BankAccountId,
    readonly entryId: BankEntryId,
  ) {
    super();
  }
}

/** Says whose money an entry is: it becomes a payment of the account. */
export class MatchBankEntry extends EntryCommand {
  constructor(
    envelope: Envelope,
    bankAccountId: BankAccountId,
    entryId: BankEntryId,
    readonly match: {
      readonly accountId: AccountId;
      readonly allocations: readonly AllocationOrder[];
      readonly reason: BankMatchReason;
    },
  ) {
    super(envelope, bankAccountId, entryId);
  }
}

/** Takes a match back, with its payment; or that an entry is ignored. */
export class UnmatchBankEntry extends EntryCommand {
  constructor(
    envelope: Envelope,
    bankAccountId: BankAccountId,
    entryId: BankEntryId,
    readonly reason?: string,
  ) {
    super(envelope, bankAccountId, entryId);
  }
}

/** Says that an entry is no payment of a customer. */
export class IgnoreBankEntry extends EntryCommand {
  constructor(
    envelope: Envelope,
    bankAccountId: BankAccountId,
    entryId: BankEntryId,
    readonly reason?: string,
  ) {
    super(envelope, bankAccountId, entryId);
  }
}

const recordOf = (state: BankAccountState, bankAccountId: BankAccountId, entryId: BankEntryId): BankEntryRecord => {
  const { amount, bookedOn, status, match } = state.entries.get(entryId) ?? notFound('bank_entry', entryId);
  return { bankAccountId, entryId, amount, bookedOn, status, match };
};

@CommandHandler(MatchBankEntry)
export class MatchBankEntryHandler implements ICommandHandler<MatchBankEntry> {
  constructor(
    private readonly bankAccounts: BankAccounts,
    private readonly payments: BankPayments,
  ) {}

  /** The account is asked first; then the match is a fact, and the payment follows from it, be it by whoever comes after a crash. */
  async execute({ envelope, bankAccountId, entryId, match }: MatchBankEntry): Promise<Executed<BankEntryRecord>> {
    const { tenantId } = envelope;
    const stream = bankStream(tenantId, bankAccountId);
    await this.bankAccounts.registered(tenantId, bankAccountId);
    const entry = await this.bankAccounts.view(stream, (state) => recordOf(state, bankAccountId, entryId));
    if (entry.status === 'unmatched' && entry.amount.minor > 0n)
      await this.payments.try(envelope, { ...entry, ...match, allocations: [...match.allocations] });
    const executed = await this.bankAccounts.execute(
      stream,
      envelope,
      { type: 'MatchBankEntry', tenantId, entryId, ...match },
      ({ state }) => recordOf(state, bankAccountId, entryId),
    );
    const { match: made } = executed.answer;
    if (made !== null && envelope.dryRun !== true) await this.payments.book(tenantId, bankAccountId, made, envelope);
    return executed;
  }
}

@CommandHandler(UnmatchBankEntry)
export class UnmatchBankEntryHandler implements ICommandHandler<UnmatchBankEntry> {
  constructor(
    private readonly bankAccounts: BankAccounts,
    private readonly payments: BankPayments,
  ) {}

  async execute({ envelope, bankAccountId, entryId, reason }: UnmatchBankEntry): Promise<Executed<BankEntryRecord>> {
    const { tenantId } = envelope;
    await this.bankAccounts.registered(tenantId, bankAccountId);
    const executed = await this.bankAccounts.execute(
      bankStream(tenantId, bankAccountId),
      envelope,
      { type: 'UnmatchBankEntry', entryId, ...(reason === undefined ? {} : { reason }) },
      ({ state, events }) => ({
        record: recordOf(state, bankAccountId, entryId),
        taken: events.flatMap(({ fact }) => (fact.type === 'BankEntryUnmatched' ? [fact.data] : [])),
      }),
    );
    const { record, taken } = executed.answer;
    if (envelope.dryRun !== true) for (const match of taken) await this.payments.reverse(tenantId, match, envelope);
    return { ...executed, answer: record };
  }
}

@CommandHandler(IgnoreBankEntry)
export class IgnoreBankEntryHandler implements ICommandHandler<IgnoreBankEntry> {
  constructor(private readonly bankAccounts: BankAccounts) {}

  async execute({ envelope, bankAccountId, entryId, reason }: IgnoreBankEntry): Promise<Executed<BankEntryRecord>> {
    await this.bankAccounts.registered(envelope.tenantId, bankAccountId);
    return this.bankAccounts.execute(
      bankStream(envelope.tenantId, bankAccountId),
      envelope,
      { type: 'IgnoreBankEntry', entryId, ...(reason === undefined ? {} : { reason }) },
      ({ state }) => recordOf(state, bankAccountId, entryId),
    );
  }
}
