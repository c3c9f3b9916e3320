import { accountStream, type KeptForm } from '#contracts';
import type { AccountId, DocumentId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Accounts } from '../../account/use-cases/accounts.js';
import { keptAs, type KeptDocument } from '../kept-document.js';

/** Says in the log what left the house in a form. Answers what is kept of that form: what left first, or null where there are too many. */
export class KeepDocument extends Command<Executed<KeptDocument | null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly documentId: DocumentId,
    readonly kept: KeptForm,
  ) {
    super();
  }
}

@CommandHandler(KeepDocument)
export class KeepDocumentHandler implements ICommandHandler<KeepDocument> {
  constructor(private readonly accounts: Accounts) {}

  execute({ envelope, accountId, documentId, kept }: KeepDocument): Promise<Executed<KeptDocument | null>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'KeepDocument', documentId, kept },
      ({ state }) => keptAs(state, documentId, kept) ?? null,
    );
  }
}
