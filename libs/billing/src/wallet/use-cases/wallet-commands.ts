import { accountStream } from '#contracts';
import type { AccountId, WalletId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import { Accounts } from '../../account/use-cases/accounts.js';
import type { WalletCommand } from '../wallet.commands.js';
import { walletDocument, type WalletDocument } from '../wallet.record.js';

/** Commands that change one wallet and answer it whole. */
@Injectable()
export class WalletCommands {
  constructor(private readonly accounts: Accounts) {}

  execute(
    envelope: Envelope,
    accountId: AccountId,
    command: Extract<WalletCommand, { readonly walletId: WalletId }>,
  ): Promise<Executed<WalletDocument>> {
    return this.accounts.execute(
      accountStream(envelope.tenantId, accountId),
      { ...envelope, accountId },
      command,
      ({ state }) => walletDocument(state, command.walletId),
    );
  }
}
