import type { TaxProviderSettings } from '../../apps/server/src/taxes/http-tax-provider.js';
import { ForkedService } from './forked-service.js';

const TOKEN = 'token-of-the-installation';

/** A service that says taxes. */
export const startTaxService = (): Promise<ForkedService> =>
  ForkedService.start('tax-service-process', { TAX_SERVICE_TOKEN: TOKEN });

export const taxProviderAt = (
  { url }: ForkedService,
  change: Partial<TaxProviderSettings> = {},
): TaxProviderSettings => ({
  url: `${url}quotes`,
  documentsUrl: `${url}documents`,
  token: TOKEN,
  answerMilliseconds: 1_000,
  restMilliseconds: 0,
  ...change,
});
