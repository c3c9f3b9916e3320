import { TaxIdRegistry, type TaxIdAnswer } from '#billing/party';
import type { TaxId } from '#contracts';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { textWithin } from './text-within.js';

/** Where the register of the EU is asked. */
export interface ViesSettings {
  readonly url: string;
  readonly answerMilliseconds?: number;
}

/** The service of the European Commission. */
export const VIES_URL = 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number';

const ANSWER_MILLISECONDS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;

const Answer = Type.Object({
  valid: Type.Optional(Type.Boolean()),
  requestIdentifier: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
  errorWrappers: Type.Optional(Type.Array(Type.Object({ error: Type.String() }))),
});
const answers = Compile(Answer);

/** VAT ids of the EU, and of Northern Ireland. What is not said to be valid or invalid, for MS_UNAVAILABLE and the like, is unknown. */
export class ViesTaxIdRegistry extends TaxIdRegistry {
  constructor(private readonly settings: ViesSettings) {
    super();
  }

  knows({ type, value }: TaxId): boolean {
    return type === 'eu_vat' && partsOf(value) !== null;
  }

  async check({ value }: TaxId, asker?: TaxId): Promise<TaxIdAnswer> {
    const asked = partsOf(value);
    if (asked === null) return UNKNOWN;
    const requester = asker && partsOf(asker.value);
    const { url, answerMilliseconds = ANSWER_MILLISECONDS } = this.settings;
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
      return answerIn(await textWithin(response, ANSWER_BYTES_MAX));
    } catch {
      // Away, too slow, or no answer that anybody would mean: it did not say.
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

const answerIn = (text: string): TaxIdAnswer => {
  const answer: unknown = JSON.parse(text);
  return answers.Check(answer) ? resultOf(answer) : UNKNOWN;
};

const resultOf = ({ valid, requestIdentifier, errorWrappers = [] }: Static<typeof Answer>): TaxIdAnswer => {
  if (valid === undefined || errorWrappers.length > 0) return UNKNOWN;
  return {
    result: valid ? 'valid' : 'invalid',
    ...(requestIdentifier == null || requestIdentifier === '' ? {} : { consultation: requestIdentifier }),
  };
};
