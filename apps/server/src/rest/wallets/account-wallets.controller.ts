import { Accounts, knownProfile } from '#billing/account';
import { OpenWallet, walletDocument } from '#billing/wallet';
import { accountStream } from '#contracts';
import type { AccountId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { AnswersList, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { WALLETS } from './tag.js';
import { OpenWalletDto, walletIn } from './wallet.dto.js';
import { walletResource, WalletResource, walletSummary, WalletSummaryResource } from './wallet.resource.js';

@ApiTags(WALLETS.name)
@Controller('v1/accounts/:id/wallets')
export class AccountWalletsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
  ) {}

  /** Opens a wallet. Credit in it pays invoices as they are issued, before the credit of the customer does. */
  @Post()
  @Operation('OpenWallet', 'billing.write')
  @Tells(WalletResource)
  @Refuses({
    404: ['account_not_found'],
    422: ['wallet_in_other_currency', 'too_many_wallets', 'account_closed'],
  })
  async open(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() wallet: OpenWalletDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    const executed = await this.commands.execute(new OpenWallet(envelope, accountId, walletIn(wallet)));
    return told(reply, executed, walletResource(executed.answer));
  }

  /** Lists the wallets of an account without their grants, in the order in which they were opened. */
  @Get()
  @Operation('ListAccountWallets', 'billing.read')
  @AnswersList(WalletSummaryResource)
  @Refuses({ 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() _: NoQuery,
  ): Promise<WalletSummaryResource[]> {
    const { tenantId } = callerOf(request);
    return this.accounts.view(
      accountStream(tenantId, accountId),
      (account) => {
        knownProfile(account);
        return [...account.wallets.keys()].map((id) => walletSummary(walletDocument(account, id)));
      },
      0,
    );
  }
}
