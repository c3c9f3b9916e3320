import { accountStream } from '#contracts';
import { EventLog, type AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../accounts.js';
import { UpcomingInvoices } from '../invoice/upcoming-invoices.js';
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
  constructor(
    private readonly accounts: Accounts,
    private readonly upcoming: UpcomingInvoices,
    private readonly log: EventLog,
  ) {}

  /** What the upcoming invoice would bill, has to be billed before. */
  async execute({ envelope, accountId, reason }: CloseAccount): Promise<Executed<AccountRecord>> {
    const { tenantId } = envelope;
    const live = await this.accounts.view(
      accountStream(tenantId, accountId),
      ({ closed, liveSubscriptions }) => !closed && liveSubscriptions > 0,
    );
    const upcoming = live ? null : await this.upcoming.find(tenantId, accountId, await this.log.head());
    const unbilled = upcoming?.lines.some(({ amount }) => amount.minor !== 0n) === true;
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'CloseAccount', unbilled, ...(reason === undefined ? {} : { reason }) },
      ({ state }) => accountRecord(state),
    );
  }
}
