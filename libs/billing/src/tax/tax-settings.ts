import type { TaxRate, TaxSettings } from '#contracts';
import { taxClassOf } from './tax-class.js';
import { refuseAt } from '#kernel';

export const DEFAULT_TAX_SETTINGS: TaxSettings = { provider: 'none', rounding: 'document', prices: 'exclusive' };

/** Of a tenant, all codes and all of their versions. */
export const TAX_RATES_MAX = 1_000;

/** @throws DomainError `tax_country_required` | `flat_tax_required` */
export const checkedTaxSettings = (settings: TaxSettings): TaxSettings => {
  const { provider, country, flat, onOutage } = settings;
  if (provider !== 'none' && country === undefined)
    return refuseAt('/country', 'tax_country_required', 'Whoever charges tax says in which country it is.');
  if (provider === 'flat' && flat === undefined)
    return refuseAt('/flat', 'flat_tax_required', 'A flat tax has a rate: flat.basisPoints.');
  if (onOutage === 'fallback_rate' && flat === undefined)
    return refuseAt('/flat', 'flat_tax_required', 'A flat tax has a rate: flat.basisPoints.');
  return settings;
};

/** Of a country or a part of one, and of one class: a line bears those of both. */
const CODES_OF_A_JURISDICTION_MAX = 8;

/** What documents say where none of the tenant’s rates counts. */
const CODES_OF_RECOUNT: ReadonlySet<string> = new Set(['exempt', 'flat', 'outside', 'reverse_charge']);

/** @throws DomainError `invalid_tax_rate` | `too_many_tax_rates` */
export const checkedTaxRate = (rate: TaxRate, known: ReadonlyMap<string, TaxRate>): TaxRate => {
  const { code, jurisdiction, category, validFrom, validTo } = rate;
  if (CODES_OF_RECOUNT.has(code))
    return refuseAt('/code', 'invalid_tax_rate', `By “${code}”, documents say that none of your rates counts.`);
  if (validTo !== undefined && validTo < validFrom)
    return refuseAt('/validTo', 'invalid_tax_rate', 'A rate holds to the day from which it holds, or to a later one.');
  const isZero = /^0+(?:\.0+)?$/u.test(rate.rate);
  if (!isZero && category !== 'S' && category !== 'L' && category !== 'M')
    return refuseAt('/rate', 'invalid_tax_rate', `Of category ${category}, no tax is charged: its rate is 0.`);
  if (isZero && category === 'S')
    return refuseAt('/category', 'invalid_tax_rate', 'What is taxed at 0 is of category Z, E or O.');
  const versions = [...known.values()];
  const elsewhere = versions.find((other) => other.code === code && other.jurisdiction !== jurisdiction);
  if (elsewhere !== undefined)
    return refuseAt('/jurisdiction', 'invalid_tax_rate', `“${code}” is a tax of ${elsewhere.jurisdiction}.`);
  const beside = versions.filter(
    (other) => other.jurisdiction === jurisdiction && taxClassOf(other) === taxClassOf(rate),
  );
  const codes = new Set(beside.map((other) => other.code));
  if (!codes.has(code) && codes.size >= CODES_OF_A_JURISDICTION_MAX)
    return refuseAt(
      '/jurisdiction',
      'too_many_tax_rates',
      `A jurisdiction has ${CODES_OF_A_JURISDICTION_MAX} taxes of a class at most, each with as many versions as it takes.`,
    );
  return rate;
};

/** Versions of a code are told apart by the day from which they hold. */
export const keyOfTaxRate = ({ code, validFrom }: Pick<TaxRate, 'code' | 'validFrom'>): string =>
  `${code} ${validFrom}`;
