import { Accounts } from '#billing/account';
import { RequestDelivery } from '#billing/delivery';
import { Tenants } from '#billing/tenant';
import { accountOfStream, type Fact, type Stored } from '#contracts';
import { derivedId, derivedUuid, DomainError, EventLog, isPassing, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { ReactorCheckpoints } from '../operational-state/reactor-checkpoints.js';
import { Follower } from '../worker/follower.js';
import { OptionalMailer } from './optional-mailer.js';

const NAME = 'send-on-number';

type Numbered = Fact<'InvoiceNumbered'> | Fact<'CreditNoteNumbered'>;

/**
 * Asks for the delivery of what has its number, where the tenant wants that: once, under an id that follows from the document, whatever is read again. What is asked
 * for is sent as all mail is.
 */
@Injectable()
export class SendOnNumberReactor {
  constructor(
    private readonly mail: OptionalMailer,
    private readonly tenants: Tenants,
    private readonly accounts: Accounts,
    private readonly commands: CommandBus,
    private readonly log: EventLog,
    private readonly checkpoints: ReactorCheckpoints,
  ) {}

  /** Without a mail server, what is numbered waits. */
  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    if (!this.mail.mailer) return;
    const follower = new Follower<Numbered>(
      NAME,
      ['InvoiceNumbered', 'CreditNoteNumbered'],
      (events) => this.sendAll(events),
      this.log,
      this.checkpoints,
      logger,
    );
    await follower.run(signal);
  }

  private async sendAll(events: readonly Stored<Numbered>[]): Promise<void> {
    for (const [tenantId, own] of Map.groupBy(events, ({ metadata }) => metadata.tenantId!)) {
      const { settings, since } = await this.tenants.mail(tenantId);
      if (settings.sendInvoices === 'off' || since === null) continue;
      for (const event of own) if (event.metadata.recordedAt >= since) await this.send(tenantId, event);
    }
  }

  /** What may not be sent, such as to an account without an address, is left. Nobody writes to test accounts by themselves. */
  private async send(tenantId: TenantId, { id, stream, metadata, fact }: Stored<Numbered>): Promise<void> {
    if (await this.accounts.view(stream, ({ profile }) => profile?.test === true)) return;
    const documentId = fact.type === 'InvoiceNumbered' ? fact.data.invoiceId : fact.data.creditNoteId;
    const commandId = derivedUuid(NAME, id);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: NAME },
      correlationId: metadata.correlationId,
      causationId: id,
    } as const;
    const delivery = { deliveryId: derivedId('dlv', tenantId, NAME, documentId), documentId };
    try {
      await this.commands.execute(new RequestDelivery(envelope, accountOfStream(stream), delivery));
    } catch (error) {
      if (!(error instanceof DomainError) || isPassing(error)) throw error;
    }
  }
}
