import type { TenantSettings } from '#contracts';
import { ChangeTenantSettings, creditNoteNumbersIn, invoiceNumbersIn, Tenants } from '#billing/tenant';
import type { TenantId } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Patch, Query, Req, Res } from '@nestjs/common';
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
import { TenantSettingsDto, TenantSettingsResource } from './tenant-settings.dto.js';
import { OPERATIONS } from './tag.js';

/** The tenant of whoever asks. */
@ApiTags(OPERATIONS.name)
@Controller('v1/tenant')
@Reads('tenants')
export class TenantSettingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
  ) {}

  /** What your tenant is called, and what its new accounts and invoices begin with. */
  @Get()
  @Operation('GetTenantSettings', 'settings.read')
  @Answers(TenantSettingsResource, { etag: true })
  async find(
    @Req() request: FastifyRequest,
    @Query() _: NoQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TenantSettingsResource> {
    const { tenantId } = callerOf(request);
    const { settings, revision } = await this.tenants.settings(tenantId);
    reply.header('etag', `"${revision}"`);
    return settingsResource(tenantId, settings);
  }

  /** Changes what your tenant is called, and what its new accounts and invoices begin with. */
  @Patch()
  @Operation('ChangeTenantSettings', 'settings.write')
  @Tells(TenantSettingsResource)
  @Refuses({ 422: ['invalid_invoice_prefix', 'invoice_prefix_taken'] })
  async change(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: TenantSettingsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TenantSettingsResource>> {
    const executed = await this.commands.execute(new ChangeTenantSettings(envelope, body));
    return told(reply, executed, settingsResource(envelope.tenantId, executed.answer));
  }
}

const settingsResource = (tenantId: TenantId, settings: TenantSettings): TenantSettingsResource => ({
  id: tenantId,
  name: settings.name,
  legalName: settings.legalName ?? null,
  timeZone: settings.timeZone,
  netTermsDays: settings.netTermsDays,
  invoiceNumbers: { ...invoiceNumbersIn(settings.invoiceNumberFormat) },
  creditNoteNumbers: creditNoteNumbersIn(settings),
});
