import { accountStream } from '#contracts';
import { type AccountId, type PaymentId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { paymentRecord } from '../payment.record.js';
import type { PaymentRecord } from '../payment.record.js';

export class ReversePayment extends Command<Executed<PaymentRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly paymentId: PaymentId,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(ReversePayment)
export class ReversePaymentHandler implements ICommandHandler<ReversePayment> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, paymentId, reason }: ReversePayment): Promise<Executed<PaymentRecord>> {
    const time = await this.time.booking(envelope, accountId);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'ReversePayment',
        paymentId,
        ...(reason === undefined ? {} : { reason }),
        ...time,
      },
      ({ state }) => paymentRecord(state.payments.get(paymentId)!, accountId),
    );
  }
}
