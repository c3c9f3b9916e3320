import { GrantCredit, VoidGrant } from '#billing/wallet';
import type { WalletGrantId, WalletId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import type { Told } from '../../pipeline/answers.js';
import { Reads } from '../../pipeline/consistency.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { ReasonDto } from '../billing/billing.dto.js';
import { WALLETS } from './tag.js';
import { GrantCreditDto } from './wallet.dto.js';
import { WalletAnswers } from './wallet-answers.js';
import { WalletResource } from './wallet.resource.js';

@ApiTags(WALLETS.name)
@Controller('v1/wallets/:id/grants')
@Reads('wallets')
export class GrantsController {
  constructor(private readonly answers: WalletAnswers) {}

  /** Gives credit, or sells it: then an invoice of its own is issued, and the credit may be used once that is paid. Answers the wallet. */
  @Post()
  @Operation('GrantCredit', 'billing.write')
  @Tells(WalletResource)
  @Refuses({
    404: ['wallet_not_found'],
    422: [
      'currency_mismatch',
      'amount_not_positive',
      'invalid_amount',
      'invalid_grant_life',
      'grant_not_bought',
      'too_many_grants',
      'wallet_closed',
      'account_closed',
    ],
    504: ['read_model_behind'],
  })
  async grant(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @Body() { dryRun: _, ...grant }: GrantCreditDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new GrantCredit(envelope, accountId, walletId, grant),
    );
  }

  /** Takes back credit that was given, as long as nobody used any of it. What was bought goes with its invoice. */
  @Post(':grantId/void')
  @Operation('VoidWalletGrant', 'billing.write')
  @HttpCode(200)
  @Tells(WalletResource)
  @Refuses({
    404: ['wallet_not_found', 'wallet_grant_not_found'],
    422: ['grant_already_used', 'grant_is_bought', 'grant_expired', 'wallet_closed', 'account_closed'],
    504: ['read_model_behind'],
  })
  async void(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('wallet') walletId: WalletId,
    @IdOf('wallet_grant', 'grantId') grantId: WalletGrantId,
    @Body() { reason }: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<WalletResource>> {
    return this.answers.to(
      reply,
      envelope,
      walletId,
      (accountId) => new VoidGrant(envelope, accountId, walletId, grantId, reason),
    );
  }
}
