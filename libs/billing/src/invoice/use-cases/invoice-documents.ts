import { accountStream, decodeEvent, type AccountFact } from '#contracts';
import { EventLog, type AccountId, type InvoiceId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { Account } from '../../account/account.state.js';
import type { DocumentLine } from '../invoice-line.js';
import { allLines, invoiceOf } from '../invoice.js';
import { invoiceRecord } from '../invoice.record.js';
import type { InvoiceDocument, InvoiceRecord } from '../invoice.record.js';

/** Where an invoice's lines stand in its account's stream. */
export interface LinesRange {
  readonly draftRevision: number;
  readonly from: number;
  readonly to: number;
}

export interface InvoiceView {
  readonly invoice: InvoiceRecord;
  readonly lines: LinesRange;
}

export const invoiceView = (account: Account, invoiceId: InvoiceId): InvoiceView => {
  const invoice = invoiceOf(account, invoiceId);
  const { draftRevision, firstRevision, lastLinesRevision } = invoice;
  return {
    invoice: invoiceRecord(invoice, account),
    lines: { draftRevision, from: firstRevision, to: lastLinesRevision },
  };
};

/** Invoices with their lines, from the log alone: the state of an account keeps where they are, not what they say. */
@Injectable()
export class InvoiceDocuments {
  constructor(private readonly log: EventLog) {}

  async document(tenantId: TenantId, accountId: AccountId, { invoice, lines }: InvoiceView): Promise<InvoiceDocument> {
    return { invoice, lines: await this.lines(accountStream(tenantId, accountId), invoice.invoiceId, lines) };
  }

  private async lines(
    stream: string,
    invoiceId: InvoiceId,
    { draftRevision, from, to }: LinesRange,
  ): Promise<DocumentLine[]> {
    const lines: DocumentLine[] = [];
    for await (const logged of this.log.readStream(stream, { from, limit: to - from + 1 })) {
      const { fact } = decodeEvent<AccountFact>(logged);
      if (fact.type !== 'InvoiceLinesAdded') continue;
      if (fact.data.invoiceId === invoiceId && fact.data.draftRevision === draftRevision)
        lines.push(...allLines(fact.data));
    }
    return lines;
  }
}
