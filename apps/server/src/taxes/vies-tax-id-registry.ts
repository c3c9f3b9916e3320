import { TaxIdRegistry, type TaxIdAnswer } from '#billing/party';
import type { TaxId } from '#contracts';
import pLimit from 'p-limit';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { textWithin } from './text-within.js';

/** Where the register of the EU is asked. */
export interface ViesSettings {
  readonly url: string;
  readonly answerMilliseconds?: number;
  readonly restMilliseconds?: number;
}

/** The service of the European Commission. */
export const VIES_URL = 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number';

const ANSWER_MILLISECONDS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;
/** It is there for all of Europe. */
const AT_A_TIME = 2;
/** How long nobody asks it again that did not answer. */
const REST_MILLISECONDS = 15_000;
/** It says that it has too much to do, whatever the member state. */
const OVERLOADED = ['GLOBAL_MAX_CONCURRENT_REQ', 'GLOBAL_MAX_CONCURRENT_REQ_TIME', 'SERVICE_UNAVAILABLE'];

const Answer = Type.Object({
  valid: Type.Optional(Type.Boolean()),
  requestIdentifier: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
  errorWrappers: Type.Optional(Type.Array(Type.Object({ error: Type.String() }))),
});
const answers = Compile(Answer);

/** VAT ids of the EU, and of Northern Ireland. What is not said to be valid or invalid, for MS_UNAVAILABLE and the like, is unknown. */
export class ViesTaxIdRegistry extends TaxIdRegistry {
  private readonly limit = pLimit(AT_A_TIME);
  private restsUntil = -Infinity;

  constructor(private readonly settings: ViesSettings) {
    super();
  }

  knows({ type, value }: TaxId): boolean {
    return type === 'eu_vat' && partsOf(value) !== null;
  }

  check(taxId: TaxId, asker?: TaxId): Promise<TaxIdAnswer> {
    return this.limit(() => this.asked(taxId, asker));
  }

  private async asked({ value }: TaxId, asker?: TaxId): Promise<TaxIdAnswer> {
    const asked = partsOf(value);
    if (asked === null || performance.now() < this.restsUntil) return UNKNOWN;
    const requester = asker && partsOf(asker.value);
    const { url, answerMilliseconds = ANSWER_MILLISECONDS, restMilliseconds = REST_MILLISECONDS } = this.settings;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
          countryCode: asked.country,
          vatNumber: asked.number,
          ...(requester ? { requesterMemberStateCode: requester.country, requesterNumber: requester.number } : {}),
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(answerMilliseconds),
      });
      const answer = answerIn(await textWithin(response, ANSWER_BYTES_MAX));
      if (answer.errorWrappers?.some(({ error }) => OVERLOADED.includes(error)) === true)
        throw new Error('It has too much to do.');
      return resultOf(answer);
    } catch {
      // Away, too slow, or no answer that anybody would mean: it did not say.
      this.restsUntil = performance.now() + restMilliseconds;
      return UNKNOWN;
    }
  }
}

const UNKNOWN: TaxIdAnswer = { result: 'unknown' };

/** Greece is EL there. */
const partsOf = (value: string): { readonly country: string; readonly number: string } | null => {
  const [, country, number] =
    /^([A-Z]{2})([0-9A-Z+*]{2,12})$/u.exec(value.replaceAll(/[\s./-]/gu, '').toUpperCase()) ?? [];
  if (country === undefined || number === undefined) return null;
  return { country: country === 'GR' ? 'EL' : country, number };
};

const answerIn = (text: string): Static<typeof Answer> => {
  const answer: unknown = JSON.parse(text);
  if (!answers.Check(answer)) throw new Error('It is none of its answers.');
  return answer;
};

const resultOf = ({ valid, requestIdentifier, errorWrappers = [] }: Static<typeof Answer>): TaxIdAnswer => {
  if (valid === undefined || errorWrappers.length > 0) return UNKNOWN;
  return {
    result: valid ? 'valid' : 'invalid',
    ...(requestIdentifier == null || requestIdentifier === '' ? {} : { consultation: requestIdentifier }),
  };
};
