import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { TaxReportOutcome } from '../tax-report.commands.js';

/** What became of telling whoever says taxes what became of documents. */
export class RecordTaxReports extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly reports: readonly TaxReportOutcome[],
  ) {
    super();
  }
}

@CommandHandler(RecordTaxReports)
export class RecordTaxReportsHandler implements ICommandHandler<RecordTaxReports> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, reports }: RecordTaxReports): Promise<Executed<null>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'RecordTaxReports', reports },
      () => null,
    );
  }
}
