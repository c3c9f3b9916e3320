import { accountStream } from '#contracts';
import { type AccountId, type Money, type PaymentId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { refundRecord } from '../payment.record.js';
import type { RefundRecord } from '../payment.record.js';

export interface RefundInput {
  readonly amount?: Money;
  readonly reason?: string;
}

/** Pays a payment back, whole or in part. */
export class RefundPayment extends Command<Executed<RefundRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly paymentId: PaymentId,
    readonly input: RefundInput & { readonly reopenInvoices: boolean },
  ) {
    super();
  }
}

/** Pays customer credit out, whole or in part. */
export class RefundCredit extends Command<Executed<RefundRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly input: RefundInput,
  ) {
    super();
  }
}

@CommandHandler(RefundPayment)
export class RefundPaymentHandler implements ICommandHandler<RefundPayment> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, paymentId, input }: RefundPayment): Promise<Executed<RefundRecord>> {
    const time = await this.time.booking(envelope, accountId);
    const refundId = createdId('rfd', envelope);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'RefundPayment', refundId, paymentId, ...input, ...time },
      ({ state }) => refundRecord(state.refunds.get(refundId)!, accountId),
    );
  }
}

@CommandHandler(RefundCredit)
export class RefundCreditHandler implements ICommandHandler<RefundCredit> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, input }: RefundCredit): Promise<Executed<RefundRecord>> {
    const time = await this.time.booking(envelope, accountId);
    const refundId = createdId('rfd', envelope);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'RefundCredit', refundId, ...input, ...time },
      ({ state }) => refundRecord(state.refunds.get(refundId)!, accountId),
    );
  }
}
