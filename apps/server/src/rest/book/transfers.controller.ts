import { AccountDirectory } from '#billing/account';
import { SubmitTransfers, type TransferOrder } from '#billing/transfer';
import { derivedId, type AccountId, type Money, type TransferId } from '#kernel';
import type { TransferFlag } from '#ledger';
import { createdId, type Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { transferResource, SubmittedTransferResource, TransferResource } from './book.resource.js';
import { PostTransferDto, TransferDto, VoidTransferDto, type LinkedTransferDto } from './transfer.dto.js';
import { MONEY } from './tag.js';

const CONFLICTS = [
  'exists_with_different_flags',
  'exists_with_different_timeout',
  'exists_with_different_debit_account_id',
  'exists_with_different_credit_account_id',
  'exists_with_different_amount',
];
const RESOLUTION_REFUSALS = [
  'account_closed',
  'currency_mismatch',
  'pending_transfer_already_posted',
  'pending_transfer_already_voided',
  'pending_transfer_expired',
];

@ApiTags(MONEY.name)
@Controller('v1/accounts/:id/transfers')
export class AccountTransfersController {
  constructor(private readonly commands: CommandBus) {}

  /** Moves or reserves an amount in the account's book, alone or with transfers that stand or fall with it. */
  @Post()
  @Operation('SubmitTransfers', 'billing.write')
  @Tells(SubmittedTransferResource)
  @Refuses({
    404: ['account_not_found'],
    409: CONFLICTS,
    422: [
      'account_closed',
      'currency_mismatch',
      'invalid_amount',
      'amount_not_positive',
      'transfer_id_reserved',
      'receivable_reserved',
      'accounts_must_be_different',
      'timeout_reserved_for_pending_transfer',
      'closing_transfer_must_be_pending',
      'debit_account_already_closed',
      'credit_account_already_closed',
      'exceeds_credits',
      'linked_event_chain_open',
    ],
  })
  async submit(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() { linked = [], dryRun: _, ...first }: TransferDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<SubmittedTransferResource>> {
    const orders = [first, ...linked].map((transfer, index) => orderOf(transfer, index, linked.length, envelope));
    const executed = await this.commands.execute(new SubmitTransfers(envelope, accountId, orders));
    const [submitted, ...others] = executed.answer.map(transferResource);
    return told(reply, executed, { ...submitted!, linked: others });
  }
}

@ApiTags(MONEY.name)
@Controller('v1/transfers')
export class TransfersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly directory: AccountDirectory,
  ) {}

  /** Posts a pending transfer, whole or in part; the rest is given back. */
  @Post(':id/post')
  @Operation('PostPendingTransfer', 'billing.write')
  @HttpCode(200)
  @Tells(TransferResource)
  @Refuses({
    404: ['transfer_not_found'],
    422: [
      ...RESOLUTION_REFUSALS,
      'receivable_reserved',
      'invalid_amount',
      'amount_not_positive',
      'exceeds_pending_transfer_amount',
      'debit_account_already_closed',
      'credit_account_already_closed',
    ],
    504: ['read_model_behind'],
  })
  post(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('transfer') pendingId: TransferId,
    @Body() { amount }: PostTransferDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TransferResource>> {
    return this.resolve(envelope, pendingId, 'post_pending', reply, amount);
  }

  /** Gives back what a pending transfer reserved. */
  @Post(':id/void')
  @Operation('VoidPendingTransfer', 'billing.write')
  @HttpCode(200)
  @Tells(TransferResource)
  @Refuses({ 404: ['transfer_not_found'], 422: RESOLUTION_REFUSALS, 504: ['read_model_behind'] })
  void(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('transfer') pendingId: TransferId,
    @Body() _: VoidTransferDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TransferResource>> {
    return this.resolve(envelope, pendingId, 'void_pending', reply);
  }

  private async resolve(
    envelope: Envelope,
    pendingId: TransferId,
    flag: TransferFlag,
    reply: FastifyReply,
    amount?: Money,
  ): Promise<Told<TransferResource>> {
    const accountId = await this.directory.ownerOf(envelope.tenantId, pendingId);
    const order = { transferId: createdId('tfr', envelope), flags: [flag], pendingId, ...(amount ? { amount } : {}) };
    const executed = await this.commands.execute(new SubmitTransfers(envelope, accountId, [order]));
    return told(reply, executed, transferResource(executed.answer[0]!));
  }
}

/** All of a chain but its last are linked, whether they say so or not. */
const orderOf = (
  { id, flags = [], ...order }: LinkedTransferDto,
  index: number,
  last: number,
  envelope: Envelope,
): TransferOrder => {
  const given =
    index === 0 ? createdId('tfr', envelope) : derivedId('tfr', envelope.tenantId, envelope.commandId, index);
  return {
    ...order,
    transferId: id ?? given,
    chosen: id !== undefined,
    flags: index < last && !flags.includes('linked') ? ['linked', ...flags] : flags,
  };
};
