import { TaxProvider, TaxProviderFailed, type QuotedTaxes, type TaxableDocument } from '#billing/tax';
import { majorUnits } from '#kernel';
import { quotedTaxes } from './tax-answer.js';
import { AnswerTooLarge, textWithin } from './text-within.js';

/** Where a service that says taxes is, and how it knows us. */
export interface TaxProviderSettings {
  /** What documents are sent to. */
  readonly url: string;
  readonly token?: string;
  readonly answerMilliseconds?: number;
  readonly restMilliseconds?: number;
}

const ANSWER_MILLISECONDS = 5_000;
/** How long nobody asks a service again that did not answer: a run of a thousand accounts does not wait for it a thousand times. */
const REST_MILLISECONDS = 15_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** Asks a service by HTTP, at a URL that the installation names and no tenant. */
export class HttpTaxProvider extends TaxProvider {
  private restsUntil = -Infinity;

  constructor(private readonly settings: TaxProviderSettings) {
    super();
  }

  async quote(document: TaxableDocument): Promise<QuotedTaxes> {
    if (performance.now() < this.restsUntil)
      throw new TaxProviderFailed('unavailable', 'It did not answer a moment ago.');
    const text = await this.asked(document);
    return quotedTaxes(text, document);
  }

  private async asked(document: TaxableDocument): Promise<string> {
    const { url, token, answerMilliseconds = ANSWER_MILLISECONDS } = this.settings;
    const signal = AbortSignal.timeout(answerMilliseconds);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': document.documentId,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(questionOf(document)),
        redirect: 'error',
        signal,
      });
      if (response.ok) return await textWithin(response, ANSWER_BYTES_MAX);
      await response.body?.cancel();
      if (response.status >= 500 || response.status === 429 || response.status === 408)
        throw new Error(`It answers ${response.status}.`);
      throw new TaxProviderFailed('refused', `It answers ${response.status}.`);
    } catch (error) {
      if (error instanceof TaxProviderFailed) throw error;
      if (error instanceof AnswerTooLarge) throw new TaxProviderFailed('invalid_answer', error.message);
      this.restsUntil = performance.now() + (this.settings.restMilliseconds ?? REST_MILLISECONDS);
      throw new TaxProviderFailed(signal.aborted ? 'too_slow' : 'unavailable', messageOf(error));
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A document as the service is told of it: places, amounts and classes, and nobody’s name. */
const questionOf = ({ buyer, lines, ...document }: TaxableDocument): object => {
  const { country, region, isBusiness, exempt, exemptions = [], address = {} } = buyer;
  return {
    ...document,
    buyer: {
      country,
      region,
      ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
      ...(address.city === undefined ? {} : { city: address.city }),
      business: isBusiness,
      exempt,
      exemptions,
    },
    lines: lines.map(({ id, amount, taxClass, servedOn }) => ({ id, amount: majorUnits(amount), taxClass, servedOn })),
  };
};
