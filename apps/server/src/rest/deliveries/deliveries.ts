import { AccountDirectory, Accounts } from '#billing/account';
import { documentIdOf, RequestDelivery, type Delivery } from '#billing/delivery';
import { accountStream } from '#contracts';
import { derivedId, refuse, type DocumentId, type TenantId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { OptionalMailer } from '../../mail/optional-mailer.js';
import { deliveryResource, type DeliveryResource } from './delivery.dto.js';

/** What is sent of invoices and credit notes. Who it went to is not told: it is sealed. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
    private readonly directory: AccountDirectory,
    private readonly mail: OptionalMailer,
  ) {}

  async send(
    envelope: Envelope,
    documentId: DocumentId,
    to: readonly string[] | undefined,
  ): Promise<Executed<Delivery>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, documentId);
    if (!this.mail.mailer) refuse('mail_not_configured', 'No mail leaves this installation: SMTP_URL is not set.');
    const deliveryId = derivedId('dlv', envelope.tenantId, envelope.commandId);
    const delivery = { deliveryId, documentId, ...(to === undefined ? {} : { to }) };
    return this.commands.execute(new RequestDelivery(envelope, accountId, delivery));
  }

  /** The newest first. */
  async of(tenantId: TenantId, documentId: DocumentId): Promise<DeliveryResource[]> {
    const accountId = await this.directory.ownerOf(tenantId, documentId);
    return this.accounts.view(
      accountStream(tenantId, accountId),
      ({ deliveries }) =>
        [...deliveries.values()]
          .filter((delivery) => documentIdOf(delivery) === documentId)
          .reverse()
          .map(deliveryResource),
      0,
    );
  }
}
