import type { WalletRecharge } from '#contracts';
import type { AccountId, WalletId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountTime } from '../../account/use-cases/account-time.js';
import type { RecurrenceInput, WalletInput, WalletRemainder } from '../wallet.commands.js';
import type { WalletDocument } from '../wallet.record.js';
import { WalletCommands } from './wallet-commands.js';

/** Gives an account a wallet. */
export class OpenWallet extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly input: WalletInput,
  ) {
    super();
  }
}

/** Takes no more grants, and leaves nothing in it. */
export class CloseWallet extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
    readonly closing: { readonly remainder?: WalletRemainder; readonly reason?: string },
  ) {
    super();
  }
}

/** Gives credit at every turn; null: no more. */
export class SetGrantRecurrence extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
    readonly recurrence: RecurrenceInput | null,
  ) {
    super();
  }
}

/** Buys credit below a level; null: no more. */
export class SetWalletRecharge extends Command<Executed<WalletDocument>> {
  constructor(
    readonly envelope: Envelope,
    readonly accountId: AccountId,
    readonly walletId: WalletId,
    readonly recharge: WalletRecharge | null,
  ) {
    super();
  }
}

@CommandHandler(OpenWallet)
export class OpenWalletHandler implements ICommandHandler<OpenWallet> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, input }: OpenWallet): Promise<Executed<WalletDocument>> {
    const now = await this.time.of(envelope, accountId);
    const walletId = createdId('wal', envelope);
    return this.wallets.execute(envelope, accountId, { type: 'OpenWallet', walletId, ...input, now });
  }
}

@CommandHandler(CloseWallet)
export class CloseWalletHandler implements ICommandHandler<CloseWallet> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, walletId, closing }: CloseWallet): Promise<Executed<WalletDocument>> {
    const time = await this.time.booking(envelope, accountId);
    const command = { type: 'CloseWallet', walletId, ...closing, ...time } as const;
    return this.wallets.execute(envelope, accountId, command);
  }
}

@CommandHandler(SetGrantRecurrence)
export class SetGrantRecurrenceHandler implements ICommandHandler<SetGrantRecurrence> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, walletId, recurrence }: SetGrantRecurrence): Promise<Executed<WalletDocument>> {
    const now = await this.time.of(envelope, accountId);
    return this.wallets.execute(envelope, accountId, { type: 'SetGrantRecurrence', walletId, recurrence, now });
  }
}

@CommandHandler(SetWalletRecharge)
export class SetWalletRechargeHandler implements ICommandHandler<SetWalletRecharge> {
  constructor(
    private readonly wallets: WalletCommands,
    private readonly time: AccountTime,
  ) {}

  async execute({ envelope, accountId, walletId, recharge }: SetWalletRecharge): Promise<Executed<WalletDocument>> {
    const now = await this.time.of(envelope, accountId);
    return this.wallets.execute(envelope, accountId, { type: 'SetWalletRecharge', walletId, recharge, now });
  }
}
