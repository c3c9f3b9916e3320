import type { TaxRate, TaxSettings } from '#contracts';
import { DEFAULT_TAX_SETTINGS, DefineTaxRate, SetTaxSettings, taxClassOf } from '#billing/tax';
import { Tenants } from '#billing/tenant';
import type { Envelope } from '#write-path';
import { Body, Controller, Get, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../access/operation.js';
import { told, type Told } from '../../pipeline/answers.js';
import { callerOf } from '../../pipeline/caller.js';
import { Reads } from '../../pipeline/consistency.js';
import { Answers, AnswersPage, Refuses, Tells } from '../../pipeline/documented.js';
import { CommandEnvelope } from '../../pipeline/envelope.js';
import { wholeList, type PageResource } from '../../pipeline/pages.js';
import { NoQuery } from '../../pipeline/queries.dto.js';
import { TAXES } from './tag.js';
import { TaxRateDto, TaxRateResource, TaxSettingsDto, TaxSettingsResource } from './tax.dto.js';

@ApiTags(TAXES.name)
@Controller('v1')
@Reads('tenants')
export class TaxesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tenants: Tenants,
  ) {}

  /** How your tenant charges tax. */
  @Get('settings/tax')
  @Operation('GetTaxSettings', 'settings.read')
  @Answers(TaxSettingsResource)
  async settings(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<TaxSettingsResource> {
    return settingsResource((await this.tenants.taxes(callerOf(request).tenantId)).settings);
  }

  /** Sets how your tenant charges tax, from the next invoice on. */
  @Put('settings/tax')
  @Operation('SetTaxSettings', 'settings.write')
  @Tells(TaxSettingsResource)
  @Refuses({ 422: ['flat_tax_required', 'tax_country_required', 'tax_provider_not_configured'] })
  async set(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: TaxSettingsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TaxSettingsResource>> {
    const executed = await this.commands.execute(new SetTaxSettings(envelope, { ...DEFAULT_TAX_SETTINGS, ...body }));
    return told(reply, executed, settingsResource(executed.answer.settings));
  }

  /** Lists all tax rates that your tenant has defined, by code and the day from which they hold. */
  @Get('tax-rates')
  @Operation('ListTaxRates', 'settings.read')
  @AnswersPage(TaxRateResource)
  async list(@Req() request: FastifyRequest, @Query() _: NoQuery): Promise<PageResource<TaxRateResource>> {
    const { rates } = await this.tenants.taxes(callerOf(request).tenantId);
    return wholeList(rates.map(rateResource));
  }

  /** Defines what a tax of a jurisdiction comes to, from a day on. */
  @Post('tax-rates')
  @Operation('DefineTaxRate', 'settings.write')
  @Tells(TaxRateResource)
  @Refuses({ 422: ['invalid_tax_rate', 'too_many_tax_rates'] })
  async define(
    @CommandEnvelope() envelope: Envelope,
    @Body() body: TaxRateDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Told<TaxRateResource>> {
    const executed = await this.commands.execute(new DefineTaxRate(envelope, body));
    return told(reply, executed, rateResource(executed.answer));
  }
}

const settingsResource = ({
  country,
  region,
  flat,
  oss = false,
  onOutage = 'wait',
  requireCheckedTaxId,
  taxPoint = 'issue',
  ...settings
}: TaxSettings): TaxSettingsResource => ({
  ...settings,
  country: country ?? null,
  region: region ?? null,
  flat: flat ? { ...flat } : null,
  oss,
  onOutage,
  requireCheckedTaxId: requireCheckedTaxId === true,
  taxPoint,
});

const rateResource = ({ validTo, compound, taxClass, ...rate }: TaxRate): TaxRateResource => ({
  ...rate,
  taxClass: taxClassOf({ taxClass }),
  validTo: validTo ?? null,
  compound: compound === true,
});
