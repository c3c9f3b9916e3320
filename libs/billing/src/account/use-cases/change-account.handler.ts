import { accountStream, type TaxStatus } from '#contracts';
import { refuseAt, type AccountId, type LegalEntityId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { NewExternalId, ProfileCommand } from '../account.commands.js';
import type { MetadataChange } from '../metadata.js';
import { refuseErased } from '../erasure.js';
import { openProfile } from '../profile.decider.js';
import { AccountTime } from './account-time.js';
import { Accounts } from './accounts.js';
import { ExternalIds } from '../../alias/use-cases/external-ids.js';
import { AccountHierarchy } from '../ports/account-hierarchy.js';
import { PersonalData, type PersonalFields } from '../ports/personal-data.js';
import { accountRecord } from '../account.record.js';
import type { AccountRecord } from '../account.record.js';
import { changedContact } from '../../party/party.js';
import { TaxIdFormats } from '../../party/ports/tax-id-formats.js';
import { refuseImpossibleTaxIds } from '../../party/use-cases/checked-tax-ids.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { gatheringAgain } from './gathering-again.js';
import { namedEntity } from './named-entity.js';

export interface AccountChange {
  /** Fields to set; null removes one. */
  readonly contact: PersonalFields;
  /** Null: none any more. */
  readonly externalId?: string | null;
  readonly netTermsDays?: number;
  readonly taxStatus?: TaxStatus;
  readonly timeZone?: string;
  readonly legalEntityId?: LegalEntityId;
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

type ChangeAccountCommand = Extract<ProfileCommand, { type: 'ChangeAccount' }>;

/** Without one, there is no hash. */
interface NewName {
  readonly externalId: string | null;
  readonly hash: string | undefined;
}

@CommandHandler(ChangeAccount)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly externalIds: ExternalIds,
    private readonly hierarchy: AccountHierarchy,
    private readonly time: AccountTime,
    private readonly tenants: Tenants,
    private readonly taxIdFormats: TaxIdFormats,
  ) {}

  async execute({ envelope, accountId, change }: ChangeAccount): Promise<Executed<AccountRecord>> {
    refuseImpossibleTaxIds(this.taxIdFormats, change.contact);
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
    parent: Pick<ChangeAccountCommand, 'parent'>,
  ): Promise<Executed<AccountRecord>> {
    const { netTermsDays, taxStatus, timeZone, legalEntityId: entityId, metadata } = change;
    return gatheringAgain(async () => {
      if (entityId !== undefined) namedEntity(await this.tenants.billingTerms(envelope.tenantId), entityId);
      const name = await this.newName(envelope, accountId, change.externalId);
      const sealed = await this.newContact(envelope, accountId, {
        ...change.contact,
        ...(name ? { externalId: name.externalId } : {}),
      });
      const command: ChangeAccountCommand = {
        type: 'ChangeAccount',
        ...(sealed && Object.keys(change.contact).length > 0 ? { contact: sealed } : {}),
        ...(netTermsDays === undefined ? {} : { netTermsDays }),
        ...(taxStatus === undefined ? {} : { taxStatus }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(entityId === undefined ? {} : { entityId }),
        ...parent,
        ...(metadata === undefined ? {} : { metadata }),
        now: await this.time.of(envelope, accountId),
      };
      return name
        ? this.rename(envelope, accountId, command, { ...name, ...sealed! })
        : this.submit(envelope, accountId, command);
    });
  }

  private submit(
    envelope: Envelope,
    accountId: AccountId,
    command: ChangeAccountCommand,
  ): Promise<Executed<AccountRecord>> {
    const stream = accountStream(envelope.tenantId, accountId);
    return this.accounts.execute(stream, { ...envelope, accountId }, command, ({ state }) => accountRecord(state));
  }

  private async rename(
    envelope: Envelope,
    accountId: AccountId,
    command: ChangeAccountCommand,
    { externalId, hash, personal, replaces }: NewName & Omit<NewExternalId, 'reserved'>,
  ): Promise<Executed<AccountRecord>> {
    // What else would refuse the change does so before an external id is reserved for it.
    await this.submit({ ...envelope, dryRun: true }, accountId, command);
    const reserved =
      externalId === null || hash === undefined
        ? {}
        : { reserved: { hash, at: await this.externalIds.reserve(envelope, accountId, externalId) } };
    const executed = await this.submit(envelope, accountId, {
      ...command,
      externalId: { personal, replaces, ...reserved },
    });
    if (envelope.dryRun !== true) {
      const stream = accountStream(envelope.tenantId, accountId);
      await this.accounts.view(stream, (account) => this.externalIds.noteChange(accountId, account));
    }
    return executed;
  }

  /** Undefined where it stays what it is, or was changed by this very request before. */
  private async newName(
    { tenantId, commandId }: Envelope,
    accountId: AccountId,
    externalId: string | null | undefined,
  ): Promise<NewName | undefined> {
    const stream = accountStream(tenantId, accountId);
    if (externalId === undefined || (await this.accounts.carriedOut(stream, commandId))) return undefined;
    const hash = externalId === null ? undefined : await this.personalData.blindIndex(tenantId, externalId);
    return this.accounts.view(
      stream,
      (account) => {
        if (hash === openProfile(account).externalIdHash) return undefined;
        refuseErased(account);
        return { externalId, hash };
      },
      0,
    );
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
    const contact = changedContact(opened ?? {}, change);
    const personal = await this.personalData.seal(tenantId, accountId, 'profile', contact);
    return { personal, replaces };
  }
}
