import type { AccountId, WalletGrantId, WalletId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';
import type { GrantInput } from '../wallet.commands.js';
import type { WalletDocument } from '../wallet.record.js';
import { WalletCommands } from './wallet-commands.js';

/** Gives credit, or sells it by an invoice of its own. */
export class GrantCredit extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
    readonly input: GrantInput,
  ) {
    super();
  }
}

/** Takes back credit that was given and not used. */
export class VoidGrant extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
    readonly grantId: WalletGrantId,
    readonly reason?: string,
  ) {
    super();
  }
}

@CommandHandler(GrantCredit)
export class GrantCreditHandler implements ICommandHandler<GrantCredit> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly terms: IssueTermsOf,
    private readonly time: AccountTime,
  ) {}

  execute({ envelope, accountId, walletId, input }: GrantCredit): Promise<Executed<WalletDocument>> {
    return gatheringAgain(() => this.grant(envelope, accountId, walletId, input));
  }

  private async grant(
    envelope: Envelope,
    accountId: AccountId,
    walletId: WalletId,
    input: GrantInput,
  ): Promise<Executed<WalletDocument>> {
    const grantId = createdId('grt', envelope);
    const terms = input.kind === 'paid' ? await this.terms.ofAccount(envelope, accountId) : undefined;
    const now = terms?.now ?? (await this.time.of(envelope, accountId));
    const topUp = terms === undefined ? {} : { topUp: { invoiceId: createdId('inv', envelope), terms } };
    return this.wallets.execute(envelope, accountId, {
      type: 'GrantCredit',
      walletId,
      grantId,
      ...input,
      ...topUp,
      now,
    });
  }
}

@CommandHandler(VoidGrant)
export class VoidGrantHandler implements ICommandHandler<VoidGrant> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, walletId, grantId, reason }: VoidGrant): Promise<Executed<WalletDocument>> {
    const time = await this.time.booking(envelope, accountId);
    return this.wallets.execute(envelope, accountId, {
      type: 'VoidGrant',
      walletId,
      grantId,
      ...(reason === undefined ? {} : { reason }),
      ...time,
    });
  }
}
