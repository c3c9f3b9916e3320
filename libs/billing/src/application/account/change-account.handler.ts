import { accountStream } from '#contracts';
import { refuseAt, type AccountId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ProfileCommand } from '../../domain/account/account.commands.js';
import type { TaxStatus } from '../../domain/account/account.events.js';
import type { MetadataChange } from '../../domain/account/metadata.js';
import { openProfile } from '../../domain/account/profile.decider.js';
import { AccountTime } from '../account-time.js';
import { Accounts } from '../accounts.js';
import { AccountHierarchy } from '../ports/account-hierarchy.js';
import { PersonalData, type PersonalFields } from '../ports/personal-data.js';
import { accountRecord } from '../records/from-state.js';
import type { AccountRecord } from '../records/records.js';
import { gatheringAgain } from '../gathering-again.js';

export interface AccountChange {
  /** Fields to set; null removes one. */
  readonly contact: PersonalFields;
  readonly netTermsDays?: number;
  readonly taxStatus?: TaxStatus;
  readonly timeZone?: string;
  /** Null: to none. */
  readonly parentAccountId?: AccountId | null;
  readonly metadata?: MetadataChange;
}

export class ChangeAccount extends Command<Executed<AccountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly change: AccountChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeAccount)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly hierarchy: AccountHierarchy,
    private readonly time: AccountTime,
  ) {}

  execute({ envelope, accountId, change }: ChangeAccount): Promise<Executed<AccountRecord>> {
    const { parentAccountId } = change;
    if (typeof parentAccountId !== 'string')
      return this.carryOut(envelope, accountId, change, parentAccountId === null ? { parent: null } : {});
    return this.hierarchy.alone(envelope.tenantId, async (hierarchy) => {
      const above = await hierarchy.above(parentAccountId);
      if (!above) return refuseAt('/parentAccountId', 'account_not_found', 'There is no such account.', 'not_found');
      return this.carryOut(envelope, accountId, change, { parent: { accountId: parentAccountId, above } });
    });
  }

  private carryOut(
    envelope: Envelope,
    accountId: AccountId,
    change: AccountChange,
    parent: Pick<Extract<ProfileCommand, { type: 'ChangeAccount' }>, 'parent'>,
  ): Promise<Executed<AccountRecord>> {
    const { netTermsDays, taxStatus, timeZone, metadata } = change;
    return gatheringAgain(async () => {
      const contact = await this.newContact(envelope, accountId, change.contact);
      return this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        {
          type: 'ChangeAccount',
          ...(contact ? { contact } : {}),
          ...(netTermsDays === undefined ? {} : { netTermsDays }),
          ...(taxStatus === undefined ? {} : { taxStatus }),
          ...(timeZone === undefined ? {} : { timeZone }),
          ...parent,
          ...(metadata === undefined ? {} : { metadata }),
          now: await this.time.of(envelope, accountId),
        },
        ({ state }) => accountRecord(state),
      );
    });
  }

  /** Sealed data cannot be changed in part: the whole is opened, changed and sealed again. */
  private async newContact({ tenantId }: Envelope, accountId: AccountId, change: PersonalFields) {
    if (Object.keys(change).length === 0) return undefined;
    const replaces = await this.accounts.view(
      accountStream(tenantId, accountId),
      (account) => openProfile(account).personal,
      0,
    );
    const [opened] = await this.personalData.open(tenantId, [replaces]);
    const merged = Object.entries({ ...opened, ...change }).filter(([, value]) => value !== null);
    const personal = await this.personalData.seal(tenantId, accountId, 'profile', Object.fromEntries(merged));
    return { personal, replaces };
  }
}
