import { accountStream } from '#contracts';
import { refuseAt, type AccountId, type DeliveryId, type DocumentId, type Instant } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonalData } from '../../account/ports/personal-data.js';
import { knownProfile } from '../../account/profile.decider.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { DeliveryCommand } from '../delivery.commands.js';
import { deliveryOf, type Delivery } from '../delivery.js';

/** Sends an invoice or a credit note: to those who are named, else to the e-mail address of the account. */
export class RequestDelivery extends Command<Executed<Delivery>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly delivery: {
      readonly deliveryId: DeliveryId;
      readonly documentId: DocumentId;
      readonly to?: readonly string[];
    },
  ) {
    super();
  }
}

/** What became of one that was to be sent. */
export class RecordDelivery extends Command<Executed<Delivery>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly outcome:
      | {
          readonly deliveryId: DeliveryId;
          readonly messageId: string;
          readonly sentAt: Instant;
          readonly refusedRecipients: number;
        }
      | { readonly deliveryId: DeliveryId; readonly code: string; readonly detail: string },
  ) {
    super();
  }
}

@CommandHandler(RequestDelivery)
export class RequestDeliveryHandler implements ICommandHandler<RequestDelivery> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
  ) {}

  async execute({ envelope, accountId, delivery }: RequestDelivery): Promise<Executed<Delivery>> {
    const { tenantId } = envelope;
    const { deliveryId, documentId } = delivery;
    const to = delivery.to ?? (await this.ownAddress(envelope, accountId));
    const personal = await this.personalData.seal(tenantId, accountId, 'documents', { to: [...to] });
    return this.accounts.execute(
      accountStream(tenantId, accountId),
      { ...envelope, accountId },
      { type: 'RequestDelivery', deliveryId, documentId, personal },
      ({ state }) => ({ ...deliveryOf(state, deliveryId) }),
    );
  }

  private async ownAddress({ tenantId }: Envelope, accountId: AccountId): Promise<readonly string[]> {
    const stream = accountStream(tenantId, accountId);
    const { personal } = await this.accounts.view(stream, knownProfile);
    const copies = await this.personalData.forDocuments(tenantId, [{ accountId, personal }], ['email']);
    const { email } = copies.get(accountId)!.fields;
    if (typeof email === 'string') return [email];
    return refuseAt('/to', 'recipient_required', 'The account has no e-mail address: say where it goes.');
  }
}

@CommandHandler(RecordDelivery)
export class RecordDeliveryHandler implements ICommandHandler<RecordDelivery> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, outcome }: RecordDelivery): Promise<Executed<Delivery>> {
    const { deliveryId } = outcome;
    const command: DeliveryCommand =
      'messageId' in outcome ? { type: 'RecordSent', ...outcome } : { type: 'RecordSendFailure', ...outcome };
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      command,
      ({ state }) => ({ ...deliveryOf(state, deliveryId) }),
    );
  }
}
