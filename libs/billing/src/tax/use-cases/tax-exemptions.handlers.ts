import { accountStream } from '#contracts';
import type { AccountId, Json, TaxExemptionId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../account/ports/personal-data.js';
import { refuseErased } from '../../account/erasure.js';
import { openProfile } from '../../account/profile.decider.js';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import {
  exemptionsIn,
  withExemption,
  withoutExemption,
  type NewTaxExemption,
  type TaxExemptionCertificate,
} from '../exemption.js';

/** Adds a certificate by which an account owes no tax of a jurisdiction. */
export class AddTaxExemption extends Command<Executed<TaxExemptionCertificate>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly certificate: NewTaxExemption,
  ) {
    super();
  }
}

/** Removes one: from then on, it counts no more. What was issued stays. */
export class RemoveTaxExemption extends Command<Executed<{ readonly id: TaxExemptionId }>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly id: TaxExemptionId,
  ) {
    super();
  }
}

type Certificates = readonly TaxExemptionCertificate[];

/** They are personal, and sealed with the profile: changing them seals the whole of it anew. */
@Injectable()
export class TaxExemptions {
  constructor(
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
    private readonly time: AccountTime,
  ) {}

  change<Answer>(
    envelope: Envelope,
    accountId: AccountId,
    changed: (certificates: Certificates) => Certificates,
    answer: Answer,
  ): Promise<Executed<Answer>> {
    const { tenantId, commandId } = envelope;
    const stream = accountStream(tenantId, accountId);
    return gatheringAgain(async () => {
      const replaces = await this.accounts.view(
        stream,
        (account) => {
          const { personal } = openProfile(account);
          refuseErased(account);
          return personal;
        },
        0,
      );
      const [opened] = await this.personalData.open(tenantId, [replaces]);
      const profile = opened ?? {};
      const carriedOut = await this.accounts.carriedOut(stream, commandId);
      const certificates = carriedOut ? exemptionsIn(profile) : changed(exemptionsIn(profile));
      const { taxExemptions: _, ...rest } = profile;
      const personal = await this.personalData.seal(tenantId, accountId, 'profile', {
        ...rest,
        ...(certificates.length === 0 ? {} : { taxExemptions: certificates as unknown as Json }),
      });
      const now = await this.time.of(envelope, accountId);
      const command = { type: 'ChangeAccount', contact: { personal, replaces }, now } as const;
      return this.accounts.execute(stream, { ...envelope, accountId }, command, () => answer);
    });
  }
}

@CommandHandler(AddTaxExemption)
export class AddTaxExemptionHandler implements ICommandHandler<AddTaxExemption> {
  constructor(private readonly exemptions: TaxExemptions) {}

  execute({ envelope, accountId, certificate }: AddTaxExemption): Promise<Executed<TaxExemptionCertificate>> {
    const added = { id: createdId('txe', envelope), ...certificate };
    return this.exemptions.change(envelope, accountId, (known) => withExemption(known, added), added);
  }
}

@CommandHandler(RemoveTaxExemption)
export class RemoveTaxExemptionHandler implements ICommandHandler<RemoveTaxExemption> {
  constructor(private readonly exemptions: TaxExemptions) {}

  execute({ envelope, accountId, id }: RemoveTaxExemption): Promise<Executed<{ readonly id: TaxExemptionId }>> {
    return this.exemptions.change(envelope, accountId, (known) => withoutExemption(known, id), { id });
  }
}
