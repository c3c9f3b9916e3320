import { accountStream } from '#contracts';
import { localDateOf, type AccountId, type InvoiceId, type LocalDate, type Money } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../account-time.js';
import { Accounts } from '../accounts.js';
import { paymentRecord } from '../records/from-state.js';
import type { PaymentRecord } from '../records/records.js';
import { Tenants } from '../tenants.js';

export interface PaymentInput {
  readonly amount: Money;
  readonly method?: string;
  readonly reference?: string;
  readonly receivedOn?: LocalDate;
}

export class ReceivePayment extends Command<Executed<PaymentRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly input: PaymentInput,
  ) {
    super();
  }
}

@CommandHandler(ReceivePayment)
export class ReceivePaymentHandler implements ICommandHandler<ReceivePayment> {
  constructor(
    private readonly accounts: Accounts,
    private readonly tenants: Tenants,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, input }: ReceivePayment): Promise<Executed<PaymentRecord>> {
    const { amount, method, reference, receivedOn } = input;
    const { timeZone } = await this.tenants.billingTerms(envelope.tenantId);
    const paymentId = createdId('pay', envelope);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'ReceivePayment',
        paymentId,
        invoiceId,
        amount,
        method: method ?? 'manual',
        ...(reference === undefined ? {} : { reference }),
        receivedOn: receivedOn ?? localDateOf(await this.time.of(envelope, accountId), timeZone),
      },
      ({ state }) => paymentRecord(state.payments.get(paymentId)!, accountId),
    );
  }
}
