import { Accounts, PersonalData } from '#billing/account';
import { RecordDelivery, type Delivery } from '#billing/delivery';
import { accountOfStream, type StoredFact } from '#contracts';
import { Clock, derivedUuid, DomainError, EventLog, type AccountId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { InvoiceFiles } from '../documents/invoice-files.js';
import { EffectReactor } from '../effects/effect-reactor.js';
import { EffectRows } from '../effects/effect-rows.js';
import { SEND_INVOICES } from '../effects/reactors.js';
import { Looking } from '../worker/looking.js';
import { invoiceMail } from './invoice-mail.js';
import { MailRefused, type Mailer } from './mailer.js';
import { OptionalMailer } from './optional-mailer.js';

type Asked = StoredFact<'DeliveryRequested'>;
type Outcome = RecordDelivery['outcome'];

/** Sends invoices that are to be sent, and says in the log what became of it. */
@Injectable()
export class MailReactor {
  constructor(
    private readonly mail: OptionalMailer,
    private readonly accounts: Accounts,
    private readonly files: InvoiceFiles,
    private readonly personalData: PersonalData,
    private readonly commands: CommandBus,
    private readonly rows: EffectRows,
    private readonly looking: Looking,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Without a mail server, what is asked for waits. */
  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const { mailer } = this.mail;
    if (!mailer) return;
    const kind = {
      name: SEND_INVOICES,
      type: 'DeliveryRequested',
      act: (asked: unknown) => this.send(asked as Asked, mailer),
      giveUp: (asked: unknown, failure: string) => this.record(asked as Asked, { code: 'not_taken', detail: failure }),
    } as const;
    await new EffectReactor(kind, this.log, this.rows, this.looking).run(signal, logger);
  }

  private async send(asked: Asked, mailer: Mailer): Promise<void> {
    const { deliveryId, invoiceId } = asked.fact.data;
    const tenantId = asked.metadata.tenantId!;
    // The log says what was sent already, whatever the table of effects knows.
    if ((await this.delivery(asked)).status !== 'requested') return;
    const [opened] = await this.personalData.open(tenantId, [asked.fact.data.personal]);
    if (opened == null) return this.record(asked, { code: 'recipient_erased', detail: 'The recipient was erased.' });
    try {
      const { view, seller, fileName: filename, content } = await this.files.pdf(tenantId, invoiceId);
      const sent = await mailer.send({
        ...invoiceMail(view),
        ...(seller.email === undefined ? {} : { replyTo: seller.email }),
        id: deliveryId,
        to: opened['to'] as readonly string[],
        attachments: [{ filename, content, contentType: 'application/pdf' }],
      });
      await this.record(asked, { ...sent, sentAt: this.clock.now() });
    } catch (error) {
      if (!isForGood(error)) throw error;
      await this.record(asked, { code: error.code, detail: error.message });
    }
  }

  private delivery({ stream, fact }: Asked): Promise<Delivery> {
    return this.accounts.view(stream, ({ deliveries }) => ({ ...deliveries.get(fact.data.deliveryId)! }), 0);
  }

  private async record({ id, stream, metadata, fact }: Asked, outcome: WithoutId<Outcome>): Promise<void> {
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

/** Said again, it is the same: the server says no, or the document cannot be made. */
const isForGood = (error: unknown): error is MailRefused | DomainError =>
  error instanceof MailRefused || (error instanceof DomainError && error.kind === 'refused');

type WithoutId<One> = One extends unknown ? Omit<One, 'deliveryId'> : never;
