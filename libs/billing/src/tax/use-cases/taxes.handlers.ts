import { tenantStream, type TaxRate, type TaxSettings } from '#contracts';
import { refuseAt } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { taxesOf, type TenantTaxes } from '../../tenant/tenant-taxes.js';
import { OptionalTaxProvider } from '../ports/tax-provider.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';

export class SetTaxSettings extends Command<Executed<TenantTaxes>> {
  constructor(
    readonly envelope: Envelope,
    readonly settings: TaxSettings,
  ) {
    super();
  }
}

export class DefineTaxRate extends Command<Executed<TaxRate>> {
  constructor(
    readonly envelope: Envelope,
    readonly rate: TaxRate,
  ) {
    super();
  }
}

@CommandHandler(SetTaxSettings)
export class SetTaxSettingsHandler implements ICommandHandler<SetTaxSettings> {
  constructor(
    private readonly tenants: Tenants,
    private readonly elsewhere: OptionalTaxProvider,
  ) {}

  async execute({ envelope, settings }: SetTaxSettings): Promise<Executed<TenantTaxes>> {
    if (settings.provider === 'http' && this.elsewhere.provider === null)
      return refuseAt(
        '/provider',
        'tax_provider_not_configured',
        'The installation names no service elsewhere that says taxes: TAX_PROVIDER_URL.',
      );
    const stream = tenantStream(envelope.tenantId);
    const command = { type: 'SetTaxSettings', settings } as const;
    return this.tenants.execute(stream, envelope, command, ({ state }) => taxesOf(state));
  }
}

@CommandHandler(DefineTaxRate)
export class DefineTaxRateHandler implements ICommandHandler<DefineTaxRate> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, rate }: DefineTaxRate): Promise<Executed<TaxRate>> {
    const stream = tenantStream(envelope.tenantId);
    return this.tenants.execute(stream, envelope, { type: 'DefineTaxRate', rate }, () => rate);
  }
}
