import { CheckTaxIds } from '#billing/party';
import type { AccountId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { NoBody } from '../../pipeline/queries.dto.js';
import { TAXES } from './tag.js';
import { taxIdCheckResource, TaxIdChecksResource } from './tax-id-check.resource.js';

@ApiTags(TAXES.name)
@Controller('v1/accounts/:id/tax-ids/check')
export class TaxIdsController {
  constructor(private readonly commands: CommandBus) {}

  /** Asks the register of the EU (VIES) whether the VAT ids of an account are valid, and keeps what it says. */
  @Post()
  @Operation('CheckTaxIds', 'accounts.write')
  @HttpCode(200)
  @Tells(TaxIdChecksResource)
  @Refuses({
    404: ['account_not_found'],
    422: ['account_closed', 'no_tax_id_to_check', 'personal_data_erased', 'tax_id_checks_not_configured'],
  })
  async check(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TaxIdChecksResource>> {
    const executed = await this.commands.execute(new CheckTaxIds(envelope, accountId));
    return told(reply, executed, { taxIds: executed.answer.map(taxIdCheckResource) });
  }
}
