import { accountStream } from '#contracts';
import { type AccountId, type TransferId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { TransferOrder } from '../transfer.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { transferRecord } from '../transfer.record.js';
import type { TransferRecord } from '../transfer.record.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';

/** Answers the transfers in the order in which they were asked for, as they were created. */
export class SubmitTransfers extends Command<Executed<readonly TransferRecord[]>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly orders: readonly TransferOrder[],
  ) {
    super();
  }
}

/** Told by the agenda: the time of a pending transfer is over. */
export class ExpireTransfers extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
  ) {
    super();
  }
}

/** A pending transfer that nobody posted in its time. */
export const transferTimers = {
  expire: ({ envelope, accountId }) => new ExpireTransfers(envelope, accountId),
} satisfies Timers;

@CommandHandler(SubmitTransfers)
export class SubmitTransfersHandler implements ICommandHandler<SubmitTransfers> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, orders }: SubmitTransfers): Promise<Executed<readonly TransferRecord[]>> {
    const time = await this.time.booking(envelope, accountId);
    const ids: readonly TransferId[] = orders.map(({ transferId }) => transferId);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'SubmitTransfers', orders, ...time },
      ({ state }) => ids.map((id) => transferRecord(state.transfers.get(id)!)),
    );
  }
}

@CommandHandler(ExpireTransfers)
export class ExpireTransfersHandler implements ICommandHandler<ExpireTransfers> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId }: ExpireTransfers): Promise<Executed<null>> {
    const time = await this.time.booking(envelope, accountId);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'ExpireTransfers', ...time },
      () => null,
    );
  }
}
