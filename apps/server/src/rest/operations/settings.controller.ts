import type { BillingPolicy } from '#contracts';
import { SetBillingPolicy } from '#billing/tenant';
import { notFound } from '#kernel';
import { TenantsQuery } from '#projections/tenants';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { BillingSettingsDto, BillingSettingsResource } from './settings.dto.js';
import { OPERATIONS } from './tag.js';

@ApiTags(OPERATIONS.name)
@Controller('v1/settings/billing')
@Reads('tenants')
export class SettingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: TenantsQuery,
  ) {}

  /** How the tenant bills. */
  @Get()
  @Operation('GetBillingSettings', 'settings.read')
  @Answers(BillingSettingsResource)
  async find(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<BillingSettingsResource> {
    const { tenantId } = callerOf(request);
    return settingsResource((await this.tenants.policy(tenantId)) ?? notFound('tenant', tenantId));
  }

  /** Changes how the tenant bills. */
  @Put()
  @Operation('ChangeBillingSettings', 'settings.write')
  @Tells(BillingSettingsResource)
  @Refuses({ 422: ['grace_hours_required'] })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @Body() change: BillingSettingsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<BillingSettingsResource>> {
    const executed = await this.commands.execute(new SetBillingPolicy(envelope, change));
    return told(reply, executed, settingsResource(executed.answer));
  }
}

const settingsResource = ({
  billing,
  finalize,
  graceHours,
  zeroInvoices = 'skip',
  usageWindow,
}: BillingPolicy): BillingSettingsResource => ({
  billing,
  finalize,
  graceHours,
  zeroInvoices,
  usageWindow: { ...usageWindow },
});
