import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from './account-time.js';
import { Accounts } from './accounts.js';
import { ExternalIds } from '../../alias/use-cases/external-ids.js';
import { PersonalData } from '../ports/personal-data.js';
import { accountRecord } from '../account.record.js';
import type { AccountRecord } from '../account.record.js';

export interface Erasure {
  /** Also what issued documents say of the person. */
  readonly documents: boolean;
  readonly reason?: string;
}

export class EraseAccount extends Command<Executed<AccountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly erasure: Erasure,
  ) {
    super();
  }
}

@CommandHandler(EraseAccount)
export class EraseAccountHandler implements ICommandHandler<EraseAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly externalIds: ExternalIds,
    private readonly time: AccountTime,
  ) {}

  /** Recorded first: should the keys not be reached now, the reactor on the fact destroys them. */
  async execute({
    envelope,
    accountId,
    erasure: { documents, reason },
  }: EraseAccount): Promise<Executed<AccountRecord>> {
    const { tenantId } = envelope;
    const purposes = documents ? (['profile', 'documents'] as const) : (['profile'] as const);
    const keyIds = purposes.map((purpose) => this.personalData.keyIdOf(accountId, purpose));
    const executed = await this.accounts.execute(
      accountStream(tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'ErasePersonalData',
        keyIds,
        documents,
        ...(reason === undefined ? {} : { reason }),
        now: await this.time.of(envelope, accountId),
      },
      ({ state }) => accountRecord(state),
    );
    if (envelope.dryRun === true) return executed;
    this.externalIds.noteErased(accountId);
    await this.personalData.erase(tenantId, keyIds);
    return executed;
  }
}
