import { accountStream } from '#contracts';
import type { AccountId, InvoiceId, SeriesId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';

/** Told by the agenda: the due day has passed. */
export class MarkInvoiceOverdue extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
  ) {
    super();
  }
}

/** What falls due of an invoice that is owed. A draft whose grace period is over is billed, with what else is due. */
export const invoiceTimers = {
  overdue: ({ envelope, accountId, subject }) => new MarkInvoiceOverdue(envelope, accountId, subject as InvoiceId),
} satisfies Timers;

/** Told by the numbering: the series gave it a number. */
export class NumberInvoice extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly given: {
      readonly invoiceId: InvoiceId;
      readonly seriesId: SeriesId;
      readonly sequence: number;
      readonly number: string;
    },
  ) {
    super();
  }
}

@CommandHandler(MarkInvoiceOverdue)
export class MarkInvoiceOverdueHandler implements ICommandHandler<MarkInvoiceOverdue> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, invoiceId }: MarkInvoiceOverdue): Promise<Executed<null>> {
    const stream = accountStream(envelope.tenantId, accountId);
    return this.accounts.execute(
      stream,
      { ...envelope, accountId },
      { type: 'MarkInvoiceOverdue', invoiceId },
      () => null,
    );
  }
}

@CommandHandler(NumberInvoice)
export class NumberInvoiceHandler implements ICommandHandler<NumberInvoice> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, given }: NumberInvoice): Promise<Executed<null>> {
    const stream = accountStream(envelope.tenantId, accountId);
    return this.accounts.execute(stream, { ...envelope, accountId }, { type: 'NumberInvoice', ...given }, () => null);
  }
}
