import { CloseWallet, SetGrantRecurrence, SetWalletRecharge } from '#billing/wallet';
import { notFound, type WalletId } from '#kernel';
import { WalletsQuery } from '#projections/wallets';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import type { Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { mapped } from '../../pipeline/mapped.js';
import { pageRequest, pageResource, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { DryRunDto } from '../billing/billing.dto.js';
import { WALLETS } from './tag.js';
import {
  CloseWalletDto,
  rechargeIn,
  RechargeDto,
  recurrenceIn,
  RecurringGrantDto,
  WalletsQueryDto,
} from './wallet.dto.js';
import { WalletAnswers } from './wallet-answers.js';
import { walletResource, WalletResource, walletSummary, WalletSummaryResource } from './wallet.resource.js';

const OF_OPEN_WALLET = {
  404: ['wallet_not_found'],
  422: ['wallet_closed', 'account_closed'],
  504: ['read_model_behind'],
};
const OF_AMOUNTS = ['currency_mismatch', 'amount_not_positive', 'invalid_amount', ...OF_OPEN_WALLET[422]];

@ApiTags(WALLETS.name)
@Controller('v1/wallets')
@Reads('wallets')
export class WalletsController {
  constructor(
    private readonly wallets: WalletsQuery,
    private readonly answers: WalletAnswers,
  ) {}

  /** Lists wallets without their grants, newest first. */
  @Get()
  @Operation('ListWallets', 'billing.read')
  @AnswersPage(WalletSummaryResource)
  @Refuses({ 400: ['invalid_cursor'], 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @Query() query: WalletsQueryDto,
  ): Promise<PageResource<WalletSummaryResource>> {
    const { tenantId } = callerOf(request);
    const filter = { ...mapped('accountId', query.accountId), ...mapped('status', query.status) };
    const page = await this.wallets.list(tenantId, filter, pageRequest(query));
    return pageResource(page, page.rows.map(walletSummary));
  }

  /** One wallet with its grants. */
  @Get(':id')
  @Operation('GetWallet', 'billing.read')
  @Answers(WalletResource)
  @Refuses({ 404: ['wallet_not_found'] })
  async find(
    @Req() request: FastifyRequest,
    @IdOf('wallet') walletId: WalletId,
    @Query() _: NoQuery,
  ): Promise<WalletResource> {
    const wallet = await this.wallets.find(callerOf(request).tenantId, walletId);
    return walletResource(wallet ?? notFound('wallet', walletId));
  }

  /** Closes a wallet: it takes no more grants, and nothing stays in it. What a void invoice gives back to it later, another close takes out. */
  @Post(':id/close')
  @Operation('CloseWallet', 'billing.write')
  @HttpCode(200)
  @Tells(WalletResource)
  @Refuses({
    404: ['wallet_not_found'],
    422: ['wallet_has_balance', 'wallet_has_open_top_up', 'account_closed'],
    504: ['read_model_behind'],
  })
  async close(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() { dryRun: _, ...closing }: CloseWalletDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new CloseWallet(envelope, accountId, walletId, closing),
    );
  }

  /** Gives credit to a wallet at every turn, from now on; each grant lives until the next. What was set before gives no more. */
  @Put(':id/recurring-grant')
  @Operation('SetRecurringGrant', 'billing.write')
  @Tells(WalletResource)
  @Refuses({ ...OF_OPEN_WALLET, 422: [...OF_AMOUNTS, 'invalid_rollover', 'date_too_long_ago'] })
  async setRecurringGrant(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() recurrence: RecurringGrantDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new SetGrantRecurrence(envelope, accountId, walletId, recurrenceIn(recurrence)),
    );
  }

  /** Gives no more at turns to come. What was given stays. */
  @Post(':id/recurring-grant/end')
  @Operation('EndRecurringGrant', 'billing.write')
  @HttpCode(200)
  @Tells(WalletResource)
  @Refuses(OF_OPEN_WALLET)
  async endRecurringGrant(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() _: DryRunDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new SetGrantRecurrence(envelope, accountId, walletId, null),
    );
  }

  /** Orders a top-up, by an invoice, whenever the balance falls below a level and none is on the way. */
  @Put(':id/recharge')
  @Operation('SetWalletRecharge', 'billing.write')
  @Tells(WalletResource)
  @Refuses({ ...OF_OPEN_WALLET, 422: [...OF_AMOUNTS, 'invalid_recharge'] })
  async setRecharge(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() recharge: RechargeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new SetWalletRecharge(envelope, accountId, walletId, rechargeIn(recharge)),
    );
  }

  /** Orders no more by itself. */
  @Post(':id/recharge/end')
  @Operation('EndWalletRecharge', 'billing.write')
  @HttpCode(200)
  @Tells(WalletResource)
  @Refuses(OF_OPEN_WALLET)
  async endRecharge(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() _: DryRunDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new SetWalletRecharge(envelope, accountId, walletId, null),
    );
  }
}
