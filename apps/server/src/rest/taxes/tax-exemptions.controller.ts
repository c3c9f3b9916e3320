import { Accounts, knownProfile, PersonalData } from '#billing/account';
import { AddTaxExemption, exemptionsIn, RemoveTaxExemption } from '#billing/tax';
import { accountStream } from '#contracts';
import type { AccountId, TaxExemptionId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { IdOf } from '../../pipeline/ids.js';
import { wholeList, type PageResource } from '../../pipeline/pages.js';
import { NoBody, NoQuery } from '../../pipeline/queries.dto.js';
import { TAXES } from './tag.js';
import {
  AddTaxExemptionDto,
  RemovedTaxExemptionResource,
  taxExemptionResource,
  TaxExemptionResource,
} from './tax-exemption.dto.js';

@ApiTags(TAXES.name)
@Controller('v1/accounts/:id/tax-exemptions')
export class TaxExemptionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly accounts: Accounts,
    private readonly personalData: PersonalData,
  ) {}

  /** Adds a certificate by which an account owes no tax of a jurisdiction, on invoices that are issued while it holds. */
  @Post()
  @Operation('AddTaxExemption', 'accounts.write')
  @Tells(TaxExemptionResource)
  @Refuses({
    404: ['account_not_found'],
    409: ['tax_exemption_exists'],
    422: ['account_closed', 'invalid_tax_exemption', 'personal_data_erased', 'too_many_tax_exemptions'],
  })
  async add(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @Body() certificate: AddTaxExemptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TaxExemptionResource>> {
    const executed = await this.commands.execute(new AddTaxExemption(envelope, accountId, certificate));
    return told(reply, executed, taxExemptionResource(executed.answer));
  }

  /** Lists the certificates of an account, also those that do not hold any more, in the order in which they were added. */
  @Get()
  @Operation('ListTaxExemptions', 'accounts.read')
  @AnswersPage(TaxExemptionResource)
  @Refuses({ 404: ['account_not_found'] })
  async list(
    @Req() request: FastifyRequest,
    @IdOf('account') accountId: AccountId,
    @Query() _: NoQuery,
  ): Promise<PageResource<TaxExemptionResource>> {
    const { tenantId } = callerOf(request);
    const { personal } = await this.accounts.view(accountStream(tenantId, accountId), knownProfile, 0);
    const [opened] = await this.personalData.open(tenantId, [personal]);
    return wholeList(exemptionsIn(opened ?? {}).map(taxExemptionResource));
  }

  /** Removes a certificate of an account: it counts no more on what is issued from then on. */
  @Post(':exemptionId/remove')
  @Operation('RemoveTaxExemption', 'accounts.write')
  @HttpCode(200)
  @Tells(RemovedTaxExemptionResource)
  @Refuses({
    404: ['account_not_found', 'tax_exemption_not_found'],
    422: ['account_closed', 'personal_data_erased'],
  })
  async remove(
    @CommandEnvelope() envelope: Envelope,
    @IdOf('account') accountId: AccountId,
    @IdOf('tax_exemption', 'exemptionId') exemptionId: TaxExemptionId,
    @Body() _: NoBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<RemovedTaxExemptionResource>> {
    const executed = await this.commands.execute(new RemoveTaxExemption(envelope, accountId, exemptionId));
    return told(reply, executed, { id: executed.answer.id, status: 'removed' });
  }
}
