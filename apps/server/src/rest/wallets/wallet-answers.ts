import { AccountDirectory } from '#billing/account';
import type { WalletDocument } from '#billing/wallet';
import type { AccountId, WalletId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { told, type Told } from '../../pipeline/answers.js';
import { walletResource, type WalletResource } from './wallet.resource.js';

/** Commands that name a wallet alone: whose it is, is found; it is answered whole. */
@Injectable()
export class WalletAnswers {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** @throws DomainError `wallet_not_found`, and what the command refuses */
  async to(
    reply: FastifyReply,
    { tenantId }: Envelope,
    walletId: WalletId,
    command: (accountId: AccountId) => Command<Executed<WalletDocument>>,
  ): Promise<Told<WalletResource>> {
    const accountId = await this.directory.ownerOf(tenantId, walletId);
    const executed = await this.commands.execute(command(accountId));
    return told(reply, executed, walletResource(executed.answer));
  }
}
