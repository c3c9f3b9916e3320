import { SetMailSettings } from '#billing/delivery';
import { Tenants } from '#billing/tenant';
import { refuse } from '#kernel';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { OptionalMailer } from '../../mail/optional-mailer.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { BILLING } from '../billing/tag.js';
import { MailSettingsDto, MailSettingsResource } from './mail-settings.dto.js';

@ApiTags(BILLING.name)
@Controller('v1/settings/mail')
@Reads('tenants')
export class MailSettingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
    private readonly mail: OptionalMailer,
  ) {}

  /** What your tenant sends by e-mail by itself. */
  @Get()
  @Operation('GetMailSettings', 'settings.read')
  @Answers(MailSettingsResource)
  async settings(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<MailSettingsResource> {
    return (await this.tenants.mail(callerOf(request).tenantId)).settings;
  }

  /** Sets what your tenant sends by e-mail by itself, of what is numbered from then on. */
  @Put()
  @Operation('SetMailSettings', 'settings.write')
  @Tells(MailSettingsResource)
  @Refuses({ 422: ['mail_not_configured'] })
  async set(
    @CommandEnvelope() envelope: Envelope,
    @Body() { sendInvoices }: MailSettingsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<MailSettingsResource>> {
    if (sendInvoices !== 'off' && !this.mail.mailer)
      refuse('mail_not_configured', 'No mail leaves this installation: SMTP_URL is not set.');
    const executed = await this.commands.execute(new SetMailSettings(envelope, { sendInvoices }));
    return told(reply, executed, executed.answer);
  }
}
