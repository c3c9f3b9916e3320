import { accountStream } from '#contracts';
import { DomainError, EventLog, type AccountId, type TenantId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from './accounts.js';
import { UpcomingInvoices } from '../../invoice/use-cases/upcoming-invoices.js';
import { accountRecord } from '../account.record.js';
import type { AccountRecord } from '../account.record.js';

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
    const unbilled = !live && (await this.isUnbilled(tenantId, accountId));
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'CloseAccount', unbilled, ...(reason === undefined ? {} : { reason }) },
      ({ state }) => accountRecord(state),
    );
  }

  private async isUnbilled(tenantId: TenantId, accountId: AccountId): Promise<boolean> {
    try {
      const upcoming = await this.upcoming.find(tenantId, accountId, await this.log.head());
      return upcoming?.lines.some(({ amount }) => amount.minor !== 0n) === true;
    } catch (error) {
      // More than one invoice tells.
      if (error instanceof DomainError && error.code === 'preview_too_large') return true;
      throw error;
    }
  }
}
