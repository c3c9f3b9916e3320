import { taxTreatment, TaxProvider, TaxProviderFailed, TaxReportRefused } from '#billing/tax';
import type { QuotedTaxes, TaxableDocument } from '#billing/tax';
import type { TaxRate, TaxSettings } from '#contracts';
import { derivedId, money } from '#kernel';
import { on } from '#testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpTaxProvider } from '../../apps/server/src/taxes/http-tax-provider.js';
import type { ForkedService } from '../services/forked-service.js';
import { startTaxService, taxProviderAt } from '../services/tax-service.js';
import { aDocument, aReport, holdsOfTaxProvider, holdsOfWhoIsTold } from './tax-provider.contract.js';

/** What we find by rules of our own, asked for as of somebody elsewhere. */
class OwnRules extends TaxProvider {
  constructor(
    private readonly settings: TaxSettings,
    private readonly rates: readonly TaxRate[],
  ) {
    super();
  }

  quote({ documentId, buyer, lines }: TaxableDocument): Promise<QuotedTaxes> {
    const ratesOf = ({ taxClass, servedOn }: TaxableDocument['lines'][number]) =>
      taxTreatment(this.settings, this.rates, buyer, buyer.exempt ? 'exempt' : 'taxable', { on: servedOn, taxClass })
        ?.rates ?? [];
    return Promise.resolve({
      reference: documentId,
      lines: new Map(lines.map((line) => [line.id, ratesOf(line)])),
    });
  }
}

const settings = (provider: TaxSettings['provider']): TaxSettings => ({
  provider,
  country: 'US',
  rounding: 'document',
  prices: 'exclusive',
  flat: { basisPoints: 825, b2bExempt: false },
});
const rate = (code: string, percent: string, taxClass?: string): TaxRate => ({
  code,
  jurisdiction: 'US-NY',
  category: percent === '0' ? 'Z' : 'S',
  rate: percent,
  validFrom: on('2020-01-01'),
  ...(taxClass === undefined ? {} : { taxClass }),
});
const RATES = [rate('state', '4'), rate('groceries', '0', 'groceries')];

let service: ForkedService;
beforeAll(async () => {
  service = await startTaxService();
});
afterAll(() => service.stop());

holdsOfTaxProvider('none', () => new OwnRules(settings('none'), []));
holdsOfTaxProvider('flat', () => new OwnRules(settings('flat'), []));
holdsOfTaxProvider('rates', () => new OwnRules(settings('rates'), RATES));
holdsOfTaxProvider('http', () => new HttpTaxProvider(taxProviderAt(service)));
holdsOfWhoIsTold('http', () => new HttpTaxProvider(taxProviderAt(service)));

describe('a service elsewhere', () => {
  const failureOf = async (
    behaviour: string,
    provider = new HttpTaxProvider(taxProviderAt(service)),
  ): Promise<string> => {
    await service.behaves(behaviour);
    try {
      await provider.quote(aDocument());
      return 'none';
    } catch (error) {
      expect(error).toBeInstanceOf(TaxProviderFailed);
      return (error as TaxProviderFailed).failure;
    } finally {
      await service.behaves('well');
    }
  };

  it.each([
    ['down', 'unavailable'],
    ['slow', 'too_slow'],
    ['nonsense', 'invalid_answer'],
    ['huge', 'invalid_answer'],
    ['incomplete', 'invalid_answer'],
    ['wrong_rate', 'invalid_answer'],
    ['refuses', 'refused'],
    ['elsewhere', 'unavailable'],
  ])('that is %s says no taxes: %s', async (behaviour, failure) => {
    expect(await failureOf(behaviour)).toBe(failure);
  });

  it('that nobody runs is unavailable, and one that does not know us refuses', async () => {
    expect(await failureOf('well', new HttpTaxProvider({ url: 'http://127.0.0.1:1/' }))).toBe('unavailable');
    expect(await failureOf('well', new HttpTaxProvider(taxProviderAt(service, { token: 'other' })))).toBe('refused');
  });

  it('is not asked again at once, where it did not answer', async () => {
    const provider = new HttpTaxProvider(taxProviderAt(service, { restMilliseconds: 60_000 }));
    expect(await failureOf('down', provider)).toBe('unavailable');
    const before = service.asked.length;
    expect(await failureOf('well', provider)).toBe('unavailable');
    expect(service.asked.length).toBe(before);
    // What is wrong with one document is not wrong with the next.
    const other = new HttpTaxProvider(taxProviderAt(service, { restMilliseconds: 60_000 }));
    expect(await failureOf('refuses', other)).toBe('refused');
    expect(await failureOf('well', other)).toBe('none');
  });

  it('is told places, amounts and classes, and the token of the installation', async () => {
    const { documentId, lines } = aDocument();
    await new HttpTaxProvider(taxProviderAt(service)).quote(aDocument());
    await service.behaves('well');
    const { headers, body } = service.asked.at(-1)!;
    expect(headers).toMatchObject({ authorization: 'Bearer token-of-the-installation', 'idempotency-key': documentId });
    expect(JSON.parse(body)).toEqual({
      tenantId: expect.any(String),
      documentId,
      currency: 'USD',
      issueDate: '2026-02-01',
      prices: 'exclusive',
      seller: { country: 'US', region: 'NY' },
      buyer: { country: 'US', region: 'NY', postalCode: '10001', business: false, exempt: false, exemptions: [] },
      lines: [
        { id: lines[0]!.id, amount: '99.99', taxClass: 'standard', servedOn: '2026-01-31' },
        { id: lines[1]!.id, amount: '-10.00', taxClass: 'groceries', servedOn: '2026-02-01' },
      ],
    });
  });
});

describe('a service elsewhere that is told of documents', () => {
  const { signal } = new AbortController();
  const invoiceId = derivedId('inv', 'told');
  const failureOf = async (
    behaviour: string,
    provider = new HttpTaxProvider(taxProviderAt(service)),
  ): Promise<unknown> => {
    await service.behaves(behaviour);
    return provider.tell!(aReport({ invoiceId }), signal)
      .then(() => 'none')
      .catch((error: unknown) => (error instanceof TaxProviderFailed ? error.failure : error))
      .finally(() => service.behaves('well'));
  };

  it.each([
    ['down', 'unavailable'],
    ['slow', 'too_slow'],
    ['nonsense', 'invalid_answer'],
    ['huge', 'invalid_answer'],
    ['elsewhere', 'unavailable'],
  ])('and is %s may take it later: %s', async (behaviour, failure) => {
    expect(await failureOf(behaviour)).toBe(failure);
  });

  it('takes it later where it does not know us yet, and never what it refuses', async () => {
    expect(await failureOf('well', new HttpTaxProvider(taxProviderAt(service, { token: 'other' })))).toBe('refused');
    expect(await failureOf('refuses')).toEqual(new TaxReportRefused('It answers 422.'));
  });

  it('may rest, while another of its URLs is asked', async () => {
    const provider = new HttpTaxProvider(taxProviderAt(service, { restMilliseconds: 60_000 }));
    expect(await failureOf('down', provider)).toBe('unavailable');
    const before = service.asked.length;
    expect(await failureOf('well', provider)).toBe('unavailable');
    expect(service.asked.length).toBe(before);
    expect((await provider.quote(aDocument())).reference).not.toBe('');
  });

  it('does not hear of them where the installation names no URL for that', () => {
    const { documentsUrl: _, ...silent } = taxProviderAt(service);
    expect(new HttpTaxProvider(silent).tell).toBeUndefined();
  });

  it('hears ids, days and amounts', async () => {
    const creditNoteId = derivedId('crn', 'told');
    const report = aReport({ invoiceId, creditNoteId, total: money(-104_49n, 'USD') });
    await new HttpTaxProvider(taxProviderAt(service)).tell!(report, signal);
    await service.behaves('well');
    const { headers, body } = service.asked.at(-1)!;
    expect(headers).toMatchObject({
      authorization: 'Bearer token-of-the-installation',
      'idempotency-key': `${creditNoteId}:issued`,
    });
    expect(JSON.parse(body)).toEqual({
      documentId: creditNoteId,
      type: 'credit_note',
      invoiceId,
      tenantId: report.tenantId,
      report: 'issued',
      quote: 'txn-1',
      issueDate: '2026-02-01',
      currency: 'USD',
      taxes: [{ code: 'nyc', jurisdiction: 'US-NY', category: 'S', rate: '4.5', base: '99.99', amount: '4.50' }],
      subtotal: '99.99',
      taxTotal: '4.50',
      total: '-104.49',
    });
  });
});
