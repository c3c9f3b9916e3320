import type { DocumentTax, TaxExemption, TaxRate, TaxReason, TaxSettings, TaxStatus } from '#contracts';
import { daysBetween, refuse, type LocalDate } from '#kernel';
import type { Buyer } from './buyer.js';
import { exemptionFrom } from './exemption.js';
import { STANDARD_TAX_CLASS, taxClassOf } from './tax-class.js';

/** The rates that a document bears, and why. */
export interface TaxTreatment {
  /**
   * `domestic`: of the seller’s country. `destination`: of the buyer’s, a consumer in another state of the EU, or where the seller has rates. `below_threshold`: such a consumer,
   * of a seller that is not in OSS. `reverse_charge`: the business that buys accounts for it. `outside`: it is supplied where the seller charges none.
   */
  readonly reason: TaxReason;
  readonly rates: readonly TreatedRate[];
  /** The certificate of the buyer by which a tax of there is not charged. */
  readonly exemption?: TaxExemption;
}

export type TreatedRate = Omit<DocumentTax, 'base' | 'amount' | 'group' | 'reason'>;

/** What is sold, as far as taxes go, and the day that counts. */
export interface Sale {
  readonly on: LocalDate;
  readonly taxClass?: string;
}

/** Where the VAT directive holds: 27 states. Greece is GR here, and EL in its tax ids. */
const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

export const isInEu = (country: string): boolean => EU.has(country);

/**
 * What is charged on a sale.
 * @throws DomainError `tax_rate_missing`: tax is due somewhere, and no rate of there is in force
 */
export const taxTreatment = (
  settings: TaxSettings,
  rates: readonly TaxRate[],
  buyer: Buyer,
  status: TaxStatus,
  sale: Sale,
): TaxTreatment | null => {
  const { on } = sale;
  if (settings.provider === 'none') return null;
  const seller = settings.country!;
  if (status === 'exempt') return untaxed('customer_exempt', 'exempt', seller, 'E');
  const at = (reason: TaxReason, place: string, region: string | null): TaxTreatment =>
    exemptAt(buyer, place, on) ?? lessExempt(buyer, on, { reason, rates: ratesOf(rates, buyer, place, region, sale) });
  if (settings.provider === 'flat') return exemptAt(buyer, seller, on) ?? flat(settings, buyer);
  const { country } = buyer;
  if (country === null) return at('buyer_country_unknown', seller, settings.region ?? null);
  if (isInEu(seller)) {
    if (country === seller) return at('domestic', seller, buyer.region);
    if (!isInEu(country)) return untaxed('outside', 'outside', seller, 'O');
    if (isProvenBusiness(settings, buyer, on)) return untaxed('reverse_charge', 'reverse_charge', country, 'AE');
    const unproven = buyer.isBusiness ? 'tax_id_unchecked' : undefined;
    return settings.oss === true
      ? at(unproven ?? 'destination', country, buyer.region)
      : at(unproven ?? 'below_threshold', seller, settings.region ?? null);
  }
  if (country === seller) return at('domestic', seller, buyer.region);
  const isRegistered = rates.some((rate) => countryOf(rate) === country && isInForce(rate, on));
  return isRegistered ? at('destination', country, buyer.region) : untaxed('outside', 'outside', seller, 'O');
};

/** How long a register’s word is taken. */
const CHECK_DAYS_MAX = 30;

/** It has given a tax id, and where the seller wants that, a register has called it valid within thirty days. */
const isProvenBusiness = (
  { requireCheckedTaxId }: TaxSettings,
  { isBusiness, checkedOn }: Buyer,
  on: LocalDate,
): boolean =>
  isBusiness &&
  (requireCheckedTaxId !== true || (checkedOn !== undefined && daysBetween(checkedOn, on) <= CHECK_DAYS_MAX));

/** By a certificate of the country, or of the region within it, that holds on the day. */
const exemptAt = (buyer: Buyer, jurisdiction: string, on: LocalDate): TaxTreatment | undefined => {
  const exemption = exemptionFrom(buyer.exemptions, jurisdiction, on);
  return exemption && { ...untaxed('customer_exempt', 'exempt', jurisdiction, 'E'), exemption };
};

/** Of the taxes of regions, those of which the buyer is exempt are stated and not charged; where none is left, it is exempt. */
const lessExempt = (buyer: Buyer, on: LocalDate, treatment: TaxTreatment): TaxTreatment => {
  const { reason, rates } = treatment;
  const exempt = rates.flatMap(({ jurisdiction }) => exemptAt(buyer, jurisdiction, on) ?? []);
  const [one] = exempt;
  if (one === undefined) return treatment;
  if (exempt.length === rates.length) return one;
  const left = rates.map((rate): TreatedRate => {
    const { compound: _, ...stated } = rate;
    return exemptAt(buyer, rate.jurisdiction, on) ? { ...stated, category: 'E', rate: '0' } : rate;
  });
  return { reason, rates: left, exemption: one.exemption! };
};

const flat = ({ flat: terms, country }: TaxSettings, { isBusiness }: Buyer): TaxTreatment => {
  const { basisPoints, b2bExempt } = terms!;
  if (b2bExempt && isBusiness) return untaxed('business_exempt', 'exempt', country!, 'E');
  const rate = percentOf(basisPoints);
  return {
    reason: 'domestic',
    rates: [{ code: 'flat', jurisdiction: country!, category: basisPoints === 0 ? 'Z' : 'S', rate }],
  };
};

const untaxed = (
  reason: TaxReason,
  code: string,
  jurisdiction: string,
  category: DocumentTax['category'],
): TaxTreatment => ({ reason, rates: [{ code, jurisdiction, category, rate: '0' }] });

/**
 * Those of the country, and of the region within it; what is levied on taxes comes last. Where regions of the country have rates, the country’s alone
 * are not all that is due of a buyer whose region is not known.
 */
const ratesOf = (
  rates: readonly TaxRate[],
  { exemptions }: Buyer,
  country: string,
  region: string | null,
  { on, taxClass = STANDARD_TAX_CLASS }: Sale,
): readonly TreatedRate[] => {
  const ofCountry = presentOf(rates.filter((rate) => countryOf(rate) === country && isInForce(rate, on)));
  if (region === null && ofCountry.some(({ jurisdiction }) => jurisdiction !== country))
    return refuse(
      'tax_rate_missing',
      `Tax in ${country} depends on the region, and that of the address is not known: say it as ISO 3166-2 does.`,
    );
  const places = [country, ...(region === null ? [] : [`${country}-${region}`])];
  const borne = ofCountry.filter(({ jurisdiction }) => places.includes(jurisdiction));
  if (borne.length === 0)
    return refuse(
      'tax_rate_missing',
      `Tax is due in ${places.join(', ')}, and no rate of there is in force on ${on}: define one, of 0 where none is charged.`,
    );
  const ofClass = borne.filter((rate) => taxClassOf(rate) === taxClass);
  for (const place of new Set(borne.map(({ jurisdiction }) => jurisdiction)))
    if (
      exemptionFrom(exemptions, place, on) === undefined &&
      !ofClass.some(({ jurisdiction }) => jurisdiction === place)
    )
      return refuse(
        'tax_rate_missing',
        `Tax is due in ${place}, and no rate of there for the class “${taxClass}” is in force on ${on}: define one, of 0 where none is charged.`,
      );
  const exempt = borne.filter(({ jurisdiction }) => exemptionFrom(exemptions, jurisdiction, on) !== undefined);
  return (ofClass.length === 0 ? exempt : ofClass)
    .map(({ validFrom: _, validTo: __, taxClass: ___, ...rate }) => rate)
    .sort(
      (a, b) =>
        Number(a.compound === true) - Number(b.compound === true) ||
        compareTexts(a.jurisdiction, b.jurisdiction) ||
        compareTexts(a.code, b.code),
    );
};

/** Of those of one code that have begun, the last one. */
const presentOf = (begun: readonly TaxRate[]): readonly TaxRate[] => {
  const last = new Map<string, TaxRate>();
  for (const rate of begun) {
    const known = last.get(rate.code);
    if (known === undefined || known.validFrom < rate.validFrom) last.set(rate.code, rate);
  }
  return [...last.values()];
};

const isInForce = ({ validFrom, validTo }: TaxRate, on: LocalDate): boolean =>
  validFrom <= on && (validTo === undefined || on <= validTo);

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const countryOf = ({ jurisdiction }: TaxRate): string => jurisdiction.slice(0, 2);

/** 1,925 basis points are 19.25 %. */
const percentOf = (basisPoints: number): string => {
  const digits = String(basisPoints).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/u, '');
};
