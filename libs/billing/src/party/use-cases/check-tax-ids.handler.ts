import { accountStream } from '#contracts';
import { refuse, type AccountId, type Json } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refuseErased } from '../../account/erasure.js';
import { PersonalData } from '../../account/ports/personal-data.js';
import { openProfile } from '../../account/profile.decider.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { issuerOf, Tenants } from '../../tenant/use-cases/tenants.js';
import { taxIdsIn } from '../party.js';
import { OptionalTaxIdRegistry } from '../ports/tax-id-registry.js';
import { withChecks, type TaxIdCheck } from '../tax-id-check.js';

/** Asks a register whether the tax ids of an account are valid, and keeps what it says. */
export class CheckTaxIds extends Command<Executed<readonly TaxIdCheck[]>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
  ) {
    super();
  }
}

@CommandHandler(CheckTaxIds)
export class CheckTaxIdsHandler implements ICommandHandler<CheckTaxIds> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly tenants: Tenants,
    private readonly time: AccountTime,
    private readonly registers: OptionalTaxIdRegistry,
  ) {}

  execute({ envelope, accountId }: CheckTaxIds): Promise<Executed<readonly TaxIdCheck[]>> {
    const { tenantId } = envelope;
    const stream = accountStream(tenantId, accountId);
    return gatheringAgain(async () => {
      const { personal: replaces, entityId } = await this.accounts.view(
        stream,
        (account) => {
          const profile = openProfile(account);
          refuseErased(account);
          return profile;
        },
        0,
      );
      const { registry } = this.registers;
      if (registry === null)
        return refuse('tax_id_checks_not_configured', 'The installation asks no register: TAX_ID_REGISTRY is not set.');
      const [opened] = await this.personalData.open(tenantId, [replaces]);
      const profile = opened ?? {};
      const known = taxIdsIn(profile).filter((taxId) => registry.knows(taxId));
      if (known.length === 0)
        return refuse('no_tax_id_to_check', 'The account has no tax id of which a register is known.');
      const { seller } = issuerOf(await this.tenants.billingTerms(tenantId), entityId);
      const asker = seller.taxIds?.find((taxId) => registry.knows(taxId));
      const answers = await Promise.all(known.map((taxId) => registry.check(taxId, asker)));
      const checkedAt = await this.time.of(envelope, accountId);
      const said = known.map((taxId, index) => ({ ...taxId, ...answers[index]!, checkedAt }));
      const checks = withChecks(profile, said);
      const personal = await this.personalData.seal(tenantId, accountId, 'profile', {
        ...profile,
        taxIdChecks: checks as unknown as Json,
      });
      const command = {
        type: 'RecordTaxIdChecks',
        contact: { personal, replaces },
        checks: said.map(({ type, value: _, ...check }) => ({ taxIdType: type, ...check })),
      } as const;
      return this.accounts.execute(stream, { ...envelope, accountId }, command, () => checks);
    });
  }
}
