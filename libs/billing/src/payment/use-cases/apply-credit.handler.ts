import { accountStream } from '#contracts';
import { money, type AccountId } from '#kernel';
import { availableBalance } from '#ledger';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AllocationOrder } from '../payment.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { CreditApplicationRecord } from '../payment.record.js';

/** Brings customer credit to open invoices: to those that are named, or to the oldest due first. */
export class ApplyCredit extends Command<Executed<CreditApplicationRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly allocations: readonly AllocationOrder[],
  ) {
    super();
  }
}

@CommandHandler(ApplyCredit)
export class ApplyCreditHandler implements ICommandHandler<ApplyCredit> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, allocations }: ApplyCredit): Promise<Executed<CreditApplicationRecord>> {
    const time = await this.time.booking(envelope, accountId);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'ApplyCredit', allocations, ...time },
      ({ state: { book, profile }, events }) => ({
        accountId,
        allocations: events.flatMap(({ fact: { type, data } }) => (type === 'CustomerCreditApplied' ? [data] : [])),
        creditLeft: money(availableBalance(book, 'customer_credit', profile!.currency), profile!.currency),
      }),
    );
  }
}
