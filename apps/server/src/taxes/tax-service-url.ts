import { TaxProviderFailed } from '#billing/tax';
import { AnswerTooLarge, textWithin } from './text-within.js';

/** How the service knows us, and how patient we are with it. */
export interface TaxServiceManners {
  readonly token?: string;
  readonly answerMilliseconds?: number;
  readonly restMilliseconds?: number;
}

const ANSWER_MILLISECONDS = 5_000;
/** How long nobody asks a service again that did not answer: a run of a thousand accounts does not wait for it a thousand times. */
const REST_MILLISECONDS = 15_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** It answers that it will not. */
export class TaxServiceRefused extends TaxProviderFailed {
  constructor(readonly status: number) {
    super('refused', `It answers ${status}.`);
  }
}

/** Where a service is asked, or told, something: by POST, in JSON. */
export class TaxServiceUrl {
  private restsUntil = -Infinity;

  constructor(
    private readonly url: string,
    private readonly manners: TaxServiceManners,
  ) {}

  /** @returns the text of a 2xx. @throws TaxProviderFailed, `TaxServiceRefused` where it says no */
  async post(idempotencyKey: string, body: object, ending?: AbortSignal): Promise<string> {
    if (performance.now() < this.restsUntil)
      throw new TaxProviderFailed('unavailable', 'It did not answer a moment ago.');
    const { token, answerMilliseconds = ANSWER_MILLISECONDS, restMilliseconds = REST_MILLISECONDS } = this.manners;
    const late = AbortSignal.timeout(answerMilliseconds);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': idempotencyKey,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: ending === undefined ? late : AbortSignal.any([late, ending]),
      });
      if (response.ok) return await textWithin(response, ANSWER_BYTES_MAX);
      await response.body?.cancel();
      if (response.status >= 500 || response.status === 429 || response.status === 408)
        throw new Error(`It answers ${response.status}.`);
      throw new TaxServiceRefused(response.status);
    } catch (error) {
      if (error instanceof TaxProviderFailed || ending?.aborted === true) throw error;
      if (error instanceof AnswerTooLarge) throw new TaxProviderFailed('invalid_answer', error.message);
      this.restsUntil = performance.now() + restMilliseconds;
      throw new TaxProviderFailed(late.aborted ? 'too_slow' : 'unavailable', messageOf(error));
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
