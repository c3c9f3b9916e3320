import { Accounts, PersonalData } from '#billing/account';
import { deliveryOf, documentIdOf, RecordDelivery } from '#billing/delivery';
import { invoiceOf } from '#billing/invoice';
import { creditNoteOf } from '#billing/credit-note';
import { accountOfStream, type StoredFact } from '#contracts';
import { Clock, derivedUuid, DomainError, EventLog, type AccountId, type CreditNoteId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { DocumentFiles } from '../documents/document-files.js';
import { DOCUMENT_READ_MODELS } from '../documents/document-sources.js';
import { EffectReactor, type EffectKind } from '../effects/effect-reactor.js';
import { EffectRows } from '../effects/effect-rows.js';
import { SEND_INVOICES } from '../effects/reactors.js';
import { Metrics } from '../telemetry/metrics.js';
import { Looking } from '../worker/looking.js';
import { documentMail } from './document-mail.js';
import { MailRefused, type Mailer } from './mailer.js';
import { OptionalMailer } from './optional-mailer.js';

type Asked = StoredFact<'DeliveryRequested'>;
type Outcome = WithoutId<RecordDelivery['outcome']>;

/** Sends invoices and credit notes that are to be sent, and says in the log what became of it. */
@Injectable()
export class MailReactor {
  constructor(
    private readonly mail: OptionalMailer,
    private readonly accounts: Accounts,
    private readonly files: DocumentFiles,
    private readonly personalData: PersonalData,
    private readonly commands: CommandBus,
    private readonly rows: EffectRows,
    private readonly looking: Looking,
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Without a mail server, what is asked for waits. */
  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const { mailer } = this.mail;
    if (!mailer) return;
    const kind: EffectKind<Outcome> = {
      name: SEND_INVOICES,
      types: ['DeliveryRequested'],
      act: (asked, ending) => this.send(asked as Asked, mailer, ending),
      tell: (asked, outcome) => this.record(asked as Asked, outcome),
      givenUp: (failure) =>
        failure === null
          ? failed('outcome_unknown', 'It was interrupted the last time, and perhaps sent.')
          : failed('not_taken', failure),
    };
    await new EffectReactor(kind, this.log, this.rows, this.looking, this.metrics).run(signal, logger);
  }

  private async send(asked: Asked, mailer: Mailer, signal: AbortSignal): Promise<Outcome | undefined> {
    const { deliveryId, invoiceId, creditNoteId = null, personal } = asked.fact.data;
    const tenantId = asked.metadata.tenantId!;
    // The log says what was sent already, whatever the table of effects knows.
    const { isRequested, isVoid } = await this.standing(asked);
    if (!isRequested) return undefined;
    if (isVoid) return voided(creditNoteId);
    const [opened] = await this.personalData.open(tenantId, [personal]);
    if (opened == null) return failed('recipient_erased', 'The recipient was erased.');
    await this.looking.upToDate(DOCUMENT_READ_MODELS, signal);
    try {
      const {
        view,
        seller,
        fileName: filename,
        content,
      } = await this.files.pdf(tenantId, documentIdOf({ invoiceId, creditNoteId }));
      const sent = await mailer.send(
        {
          ...documentMail(view),
          ...(seller.email === undefined ? {} : { replyTo: seller.email }),
          id: deliveryId,
          to: opened['to'] as readonly string[],
          attachments: [{ filename, content, contentType: 'application/pdf' }],
        },
        signal,
      );
      return { ...sent, sentAt: this.clock.now() };
    } catch (error) {
      if (error instanceof MailRefused) return failed(error.code, error.message);
      // Its sentence may name what is in the document.
      if (error instanceof DomainError && error.kind === 'refused')
        return failed(error.code, 'The document cannot be made.');
      throw error;
    }
  }

  private standing({ stream, fact }: Asked): Promise<{ isRequested: boolean; isVoid: boolean }> {
    const { deliveryId, invoiceId, creditNoteId } = fact.data;
    return this.accounts.view(
      stream,
      (account) => ({
        isRequested: deliveryOf(account, deliveryId).status === 'requested',
        isVoid: creditNoteId
          ? creditNoteOf(account, creditNoteId).voidedOn !== null
          : invoiceOf(account, invoiceId).status === 'void',
      }),
      0,
    );
  }

  private async record({ id, stream, metadata, fact }: Asked, outcome: Outcome): Promise<void> {
    const { deliveryId } = fact.data;
    const commandId = derivedUuid(SEND_INVOICES, id);
    const envelope = {
      tenantId: metadata.tenantId as TenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: SEND_INVOICES },
      correlationId: metadata.correlationId,
      causationId: id,
    } as const;
    const accountId: AccountId = accountOfStream(stream);
    await this.commands.execute(new RecordDelivery(envelope, accountId, { deliveryId, ...outcome }));
  }
}

const voided = (creditNoteId: CreditNoteId | null): Outcome =>
  creditNoteId === null
    ? failed('invoice_voided', 'The invoice was voided before it was sent.')
    : failed('credit_note_voided', 'The credit note was voided before it was sent.');

const failed = (code: string, detail: string): Outcome => ({ code, detail });

type WithoutId<One> = One extends unknown ? Omit<One, 'deliveryId'> : never;
