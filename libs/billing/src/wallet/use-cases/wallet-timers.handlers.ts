import { accountStream } from '#contracts';
import type { AccountId, WalletGrantId, WalletId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { gatheringAgain } from '../../account/use-cases/gathering-again.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { IssueTermsOf } from '../../invoice/use-cases/issue-terms-of.js';
import { looksAtUsage } from '../unbilled-usage.js';
import { walletOf } from '../wallet.js';
import type { Timers } from '../../timer/use-cases/fired-timer.js';
import { UsagesSoFar } from './usage-so-far.js';

/** Told by the agenda: the life of a grant is over, or it is time to look again at what is held of it. */
export class ExpireGrant extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly grantId: WalletGrantId,
  ) {
    super();
  }
}

/** Told by the agenda: a turn at which credit is given. */
export class GrantAtTurn extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
  ) {
    super();
  }
}

/** Told by the agenda: a wallet is below its level. */
export class RechargeWallet extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
  ) {
    super();
  }
}

export const walletTimers = {
  'grant-expires': ({ envelope, accountId, subject }) => new ExpireGrant(envelope, accountId, subject as WalletGrantId),
  'grant-recurs': ({ envelope, accountId, subject }) => new GrantAtTurn(envelope, accountId, subject as WalletId),
  recharge: ({ envelope, accountId, subject }) => new RechargeWallet(envelope, accountId, subject as WalletId),
} satisfies Timers;

@CommandHandler(ExpireGrant)
export class ExpireGrantHandler implements ICommandHandler<ExpireGrant> {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, grantId }: ExpireGrant): Promise<Executed<null>> {
    const time = await this.time.booking(envelope, accountId);
    return this.catalogs.deciding(envelope.tenantId, (catalog) =>
      this.accounts.execute(
        accountStream(envelope.tenantId, accountId),
        { ...envelope, accountId },
        { type: 'ExpireGrant', grantId, catalog, ...time },
        () => null,
      ),
    );
  }
}

@CommandHandler(GrantAtTurn)
export class GrantAtTurnHandler implements ICommandHandler<GrantAtTurn> {
  constructor(
    private readonly accounts: Accounts,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, walletId }: GrantAtTurn): Promise<Executed<null>> {
    const now = await this.time.of(envelope, accountId);
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      { type: 'GrantAtTurn', walletId, now },
      () => null,
    );
  }
}

@CommandHandler(RechargeWallet)
export class RechargeWalletHandler implements ICommandHandler<RechargeWallet> {
  constructor(
    private readonly accounts: Accounts,
    private readonly terms: IssueTermsOf,
    private readonly usages: UsagesSoFar,
  ) {}

  execute({ envelope, accountId, walletId }: RechargeWallet): Promise<Executed<null>> {
    return gatheringAgain(async () => {
      const { tenantId } = envelope;
      const stream = accountStream(tenantId, accountId);
      const terms = await this.terms.ofAccount(envelope, accountId);
      const looks = await this.accounts.view(stream, (account) => looksAtUsage(walletOf(account, walletId)));
      const measured = looks ? (await this.usages.of(tenantId, [accountId])).get(accountId) : undefined;
      const topUp = { invoiceId: createdId('inv', envelope), terms };
      return this.accounts.execute(
        stream,
        { ...envelope, accountId },
        { type: 'RechargeWallet', walletId, topUp, ...(measured === undefined ? {} : { measured }) },
        () => null,
      );
    });
  }
}
