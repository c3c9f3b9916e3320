import { accountStream } from '#contracts';
import { type AccountId, type InvoiceId, type LocalDate, type Money } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Allocate, AllocationOrder } from '../payment.commands.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { paymentRecord } from '../payment.record.js';
import type { PaymentRecord } from '../payment.record.js';

export interface PaymentInput {
  /** What it is for; or several invoices, or none: then the oldest due are settled first, or nothing is. */
  readonly invoiceId?: InvoiceId;
  readonly allocations?: readonly AllocationOrder[];
  readonly allocate?: Allocate;
  readonly amount: Money;
  readonly method?: string;
  readonly reference?: string;
  readonly receivedOn?: LocalDate;
}

export class ReceivePayment extends Command<Executed<PaymentRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly input: PaymentInput,
  ) {
    super();
  }
}

@CommandHandler(ReceivePayment)
export class ReceivePaymentHandler implements ICommandHandler<ReceivePayment> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, input }: ReceivePayment): Promise<Executed<PaymentRecord>> {
    const { method = 'manual', allocations = [], allocate = 'oldest_due', ...named } = input;
    const { now, timeZone } = await this.time.booking(envelope, accountId);
    const paymentId = createdId('pay', envelope);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'ReceivePayment',
        paymentId,
        ...named,
        method,
        allocations,
        allocate,
        now,
        timeZone,
      },
      ({ state }) => paymentRecord(state.payments.get(paymentId)!, accountId),
    );
  }
}
