import { accountStream, type TaxStatus } from '#contracts';
import {
  DomainError,
  refuseAt,
  type AccountId,
  type Instant,
  type LegalEntityId,
  type TenantId,
  type TestClockId,
} from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from './account-time.js';
import { Accounts } from './accounts.js';
import { ExternalIds } from '../../alias/use-cases/external-ids.js';
import { AccountDirectory } from '../ports/account-directory.js';
import { PersonalData, type PersonalFields } from '../ports/personal-data.js';
import { accountRecord } from '../account.record.js';
import type { AccountRecord } from '../account.record.js';
import { changedContact } from '../../party/party.js';
import { TaxIdFormats } from '../../party/ports/tax-id-formats.js';
import { refuseImpossibleTaxIds } from '../../party/use-cases/checked-tax-ids.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { namedEntity } from './named-entity.js';

export interface AccountInput {
  readonly externalId?: string;
  /** Name, addresses, contacts, tax ids: what is sealed. */
  readonly contact: PersonalFields;
  readonly currency: string;
  readonly timeZone?: string;
  readonly netTermsDays?: number;
  readonly taxStatus?: TaxStatus;
  /** Who sells to it; the first one of the tenant unless named. */
  readonly legalEntityId?: LegalEntityId;
  readonly parentAccountId?: AccountId;
  readonly test?: boolean;
  readonly testClockId?: TestClockId;
  readonly metadata?: Readonly<Record<string, string>>;
}

export class OpenAccount extends Command<Executed<AccountRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly input: AccountInput,
  ) {
    super();
  }
}

@CommandHandler(OpenAccount)
export class OpenAccountHandler implements ICommandHandler<OpenAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly tenants: Tenants,
    private readonly directory: AccountDirectory,
    private readonly externalIds: ExternalIds,
    private readonly personalData: PersonalData,
    private readonly time: AccountTime,
    private readonly taxIdFormats: TaxIdFormats,
  ) {}

  async execute({ envelope, input }: OpenAccount): Promise<Executed<AccountRecord>> {
    const { tenantId } = envelope;
    refuseImpossibleTaxIds(this.taxIdFormats, input.contact);
    const { externalId, contact, currency, timeZone, netTermsDays, taxStatus, parentAccountId, metadata } = input;
    const accountId =
      externalId === undefined
        ? createdId('acc', envelope)
        : await this.externalIds.accountToOpen(envelope, externalId);
    if (parentAccountId !== undefined) await this.requireParent(envelope, parentAccountId);
    const terms = await this.tenants.billingTerms(tenantId);
    const { test, testClockId = terms.test?.clockId, legalEntityId: entityId = terms.entityId } = input;
    const { timeZone: zoneOfBooks } = namedEntity(terms, entityId);
    const now = await this.timeBy(tenantId, testClockId);
    const personal = await this.personalData.seal(tenantId, accountId, 'profile', {
      ...changedContact({}, contact),
      ...(externalId === undefined ? {} : { externalId }),
    });
    return this.accounts.execute(
      accountStream(tenantId, accountId),
      { ...envelope, accountId },
      {
        type: 'OpenAccount',
        accountId,
        ...(externalId === undefined
          ? {}
          : { externalIdHash: await this.personalData.blindIndex(tenantId, externalId) }),
        personal,
        currency,
        timeZone: timeZone ?? zoneOfBooks,
        netTermsDays: netTermsDays ?? terms.netTermsDays,
        taxStatus: taxStatus ?? 'taxable',
        entityId,
        ...(parentAccountId === undefined ? {} : { parentAccountId }),
        ...(test === true ? { test } : {}),
        ...(testClockId === undefined ? {} : { testClockId }),
        ofTestTenant: terms.test !== null,
        metadata: metadata ?? {},
        now,
      },
      ({ state }) => accountRecord(state),
    );
  }

  private async timeBy(tenantId: TenantId, testClockId: TestClockId | undefined): Promise<Instant> {
    try {
      return await this.time.by(tenantId, testClockId === undefined ? null : { testClockId });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'test_clock_not_found') throw error;
      return refuseAt('/testClockId', error.code, error.message, error.kind);
    }
  }

  private async requireParent({ tenantId }: Envelope, parentAccountId: AccountId): Promise<void> {
    const known = await this.directory.statuses(tenantId, [parentAccountId]);
    if (!known.has(parentAccountId)) {
      refuseAt('/parentAccountId', 'account_not_found', 'There is no such account.', 'not_found');
    }
  }
}
