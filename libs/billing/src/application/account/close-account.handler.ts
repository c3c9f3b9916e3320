import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../accounts.js';
import { accountRecord } from '../records/from-state.js';
import type { AccountRecord } from '../records/records.js';

export class CloseAccount extends Command<Executed<AccountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(CloseAccount)
export class CloseAccountHandler implements ICommandHandler<CloseAccount> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, reason }: CloseAccount): Promise<Executed<AccountRecord>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'CloseAccount', ...(reason === undefined ? {} : { reason }) },
      ({ state }) => accountRecord(state),
    );
  }
}
