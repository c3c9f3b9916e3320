import type { TaxRate, TaxSettings } from '#contracts';
import type { Tenant } from './tenant.js';

/** How a tenant charges tax. */
export interface TenantTaxes {
  readonly settings: TaxSettings;
  /** By code, and the day from which they hold. */
  readonly rates: readonly TaxRate[];
}

export const taxesOf = ({ taxSettings, taxRates }: Tenant): TenantTaxes => ({
  settings: taxSettings,
  rates: [...taxRates].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, rate]) => rate),
});
