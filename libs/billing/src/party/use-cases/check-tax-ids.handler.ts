import { accountStream, type AccountFact, type Personal, type Stored } from '#contracts';
import { refuse, type AccountId, type Json, type LegalEntityId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { refuseErased } from '../../account/erasure.js';
import { PersonalData, type PersonalFields } from '../../account/ports/personal-data.js';
import { knownProfile, openProfile } from '../../account/profile.decider.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { issuerOf, Tenants } from '../../tenant/use-cases/tenants.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';
import { taxIdsIn } from '../party.js';
import { OptionalTaxIdRegistry } from '../ports/tax-id-registry.js';
import { taxIdChecksIn, withChecks, type TaxIdCheck } from '../tax-id-check.js';

/** Asks a register whether the tax ids of an account are valid, and keeps what it says. */
export class CheckTaxIds extends Command<Executed<readonly TaxIdCheck[]>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    /** Nobody waits for an answer: where nothing can be asked any more, nothing is. */
    readonly byItself = false,
  ) {
    super();
  }
}

/** Told by the agenda: what a register said is to be looked at again. */
export const taxIdTimers = {
  'check-tax-ids': ({ envelope, accountId }) => new CheckTaxIds(envelope, accountId, true),
} satisfies Timers;

@CommandHandler(CheckTaxIds)
export class CheckTaxIdsHandler implements ICommandHandler<CheckTaxIds> {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly tenants: Tenants,
    private readonly time: AccountTime,
    private readonly registers: OptionalTaxIdRegistry,
  ) {}

  execute({ envelope, accountId, byItself }: CheckTaxIds): Promise<Executed<readonly TaxIdCheck[]>> {
    const { tenantId, commandId } = envelope;
    const stream = accountStream(tenantId, accountId);
    return gatheringAgain(async () => {
      const { replaces, entityId, isOver } = await this.accounts.view(
        stream,
        (account) => {
          const isOver = byItself && (account.closed || account.erasedAt !== null);
          if (!isOver) {
            openProfile(account);
            refuseErased(account);
          }
          const { personal: replaces, entityId } = knownProfile(account);
          return { replaces, entityId, isOver };
        },
        0,
      );
      const [opened] = isOver ? [] : await this.personalData.open(tenantId, [replaces]);
      const profile = opened ?? {};
      const isAsked = !isOver && !(await this.accounts.carriedOut(stream, commandId));
      const said = isAsked ? await this.said({ envelope, accountId, byItself }, profile, entityId) : [];
      const personal =
        said.length === 0
          ? replaces
          : await this.personalData.seal(tenantId, accountId, 'profile', {
              ...profile,
              taxIdChecks: withChecks(profile, said) as unknown as Json,
            });
      const command = {
        type: 'RecordTaxIdChecks',
        contact: { personal, replaces },
        checks: said.map(({ type, value: _, ...check }) => ({ taxIdType: type, ...check })),
      } as const;
      const executed = await this.accounts.execute(stream, { ...envelope, accountId }, command, ({ events }) => events);
      // What was stored first is the answer, whatever a register would say by now.
      const [stored] = await this.personalData.open(tenantId, executed.answer.flatMap(contactIn));
      return { ...executed, answer: taxIdChecksIn(stored ?? {}) };
    });
  }

  /** What the register says by now of each tax id of which it knows. @throws DomainError `tax_id_checks_not_configured` | `no_tax_id_to_check` */
  private async said(
    { envelope, accountId, byItself }: Pick<CheckTaxIds, 'envelope' | 'accountId' | 'byItself'>,
    profile: PersonalFields,
    entityId: LegalEntityId,
  ): Promise<readonly Omit<TaxIdCheck, 'validOn'>[]> {
    const { registry } = this.registers;
    const known = taxIdsIn(profile).filter((taxId) => registry?.knows(taxId) === true);
    if (byItself && known.length === 0) return [];
    if (registry === null)
      return refuse('tax_id_checks_not_configured', 'The installation asks no register: TAX_ID_REGISTRY is not set.');
    if (known.length === 0)
      return refuse('no_tax_id_to_check', 'The account has no tax id of which a register is known.');
    const { seller } = issuerOf(await this.tenants.billingTerms(envelope.tenantId), entityId);
    const asker = seller.taxIds?.find((taxId) => registry.knows(taxId));
    const answers = await Promise.all(known.map((taxId) => registry.check(taxId, asker)));
    // Not when it was due: what a register says is true of the moment at which it says so.
    const checkedAt = await this.time.now(envelope.tenantId, accountId);
    return known.map((taxId, index) => ({ ...taxId, ...answers[index]!, checkedAt }));
  }
}

const contactIn = ({ fact }: Stored<AccountFact>): readonly Personal[] =>
  fact.type === 'AccountContactChanged' ? [fact.data.personal] : [];
