import { accountStream } from '#contracts';
import type { AccountId, CreditNoteId, InvoiceId, SeriesId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { knownProfile } from '../../account/profile.decider.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import type { DocumentLine } from '../../invoice/invoice-line.js';
import { invoiceOf } from '../../invoice/invoice.js';
import { InvoiceDocuments, invoiceView } from '../../invoice/use-cases/invoice-documents.js';
import { issuerOf, Tenants } from '../../tenant/use-cases/tenants.js';
import type { CreditNoteInput } from '../credit-note.commands.js';
import { creditNoteOf } from '../credit-note.js';
import { creditNoteDocument, type CreditNoteDocument } from '../credit-note.record.js';

/** Gives something of an issued invoice back. */
export class IssueCreditNote extends Command<Executed<CreditNoteDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly invoiceId: InvoiceId,
    readonly input: CreditNoteInput,
  ) {
    super();
  }
}

/** Takes a credit note back. */
export class VoidCreditNote extends Command<Executed<CreditNoteDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly creditNoteId: CreditNoteId,
    readonly reason?: string,
  ) {
    super();
  }
}

/** Told by the numbering: the series gave it a number. */
export class NumberCreditNote extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly given: {
      readonly creditNoteId: CreditNoteId;
      readonly seriesId: SeriesId;
      readonly sequence: number;
      readonly number: string;
    },
  ) {
    super();
  }
}

@CommandHandler(IssueCreditNote)
export class IssueCreditNoteHandler implements ICommandHandler<IssueCreditNote> {
  constructor(
    private readonly accounts: Accounts,
    private readonly documents: InvoiceDocuments,
    private readonly tenants: Tenants,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, invoiceId, input }: IssueCreditNote): Promise<Executed<CreditNoteDocument>> {
    const { tenantId } = envelope;
    const creditNoteId = createdId('crn', envelope);
    const stream = accountStream(tenantId, accountId);
    return gatheringAgain(async () => {
      const [time, billed, terms, { entityId, test }] = await Promise.all([
        this.time.booking(envelope, accountId),
        this.billedBy(envelope, accountId, invoiceId),
        this.tenants.billingTerms(tenantId),
        this.accounts.view(stream, knownProfile),
      ]);
      const { creditNoteSeriesId, testCreditNoteSeriesId } = issuerOf(terms, entityId);
      const seriesId = test === true ? testCreditNoteSeriesId : creditNoteSeriesId;
      return this.accounts.execute(
        stream,
        { ...envelope, accountId },
        { type: 'IssueCreditNote', creditNoteId, invoiceId, billed, seriesId, ...input, ...time },
        ({ state }) => creditNoteDocument(creditNoteOf(state, creditNoteId), accountId),
      );
    });
  }

  /** Lines of what is issued never change: they are read from the log, where they stand. */
  private async billedBy(
    { tenantId }: Envelope,
    accountId: AccountId,
    invoiceId: InvoiceId,
  ): Promise<readonly DocumentLine[] | null> {
    const view = await this.accounts.view(accountStream(tenantId, accountId), (account) =>
      invoiceOf(account, invoiceId).status === 'draft' ? null : invoiceView(account, invoiceId),
    );
    return view && (await this.documents.document(tenantId, accountId, view)).lines;
  }
}

@CommandHandler(VoidCreditNote)
export class VoidCreditNoteHandler implements ICommandHandler<VoidCreditNote> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, creditNoteId, reason }: VoidCreditNote): Promise<Executed<CreditNoteDocument>> {
    const time = await this.time.booking(envelope, accountId);
    return this.catalogs.deciding(envelope.tenantId, async (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'VoidCreditNote',
          creditNoteId,
          ...(reason === undefined ? {} : { reason }),
          ...time,
          catalog,
        },
        ({ state }) => creditNoteDocument(creditNoteOf(state, creditNoteId), accountId),
      ),
    );
  }
}

@CommandHandler(NumberCreditNote)
export class NumberCreditNoteHandler implements ICommandHandler<NumberCreditNote> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, given }: NumberCreditNote): Promise<Executed<null>> {
    const stream = accountStream(envelope.tenantId, accountId);
    return this.accounts.execute(
      stream,
      { ...envelope, accountId },
      { type: 'NumberCreditNote', ...given },
      () => null,
    );
  }
}
