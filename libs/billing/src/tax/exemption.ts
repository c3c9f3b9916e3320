import type { TaxExemption } from '#contracts';
import { notFound, refuse, refuseAt, type Json, type LocalDate, type TaxExemptionId } from '#kernel';

/** That somebody owes no tax of a jurisdiction, as its authority certified it. It is personal, as a tax id is. */
export interface TaxExemptionCertificate extends NewTaxExemption {
  readonly id: TaxExemptionId;
}

export interface NewTaxExemption extends TaxExemption {
  readonly number: string;
}

type Certificates = readonly TaxExemptionCertificate[];

/** Of an account, also those that are over. */
const TAX_EXEMPTIONS_MAX = 100;

/** What a profile says of them, in the order in which they were added. */
export const exemptionsIn = ({ taxExemptions }: { readonly [field: string]: Json }): Certificates =>
  (taxExemptions ?? []) as unknown as Certificates;

/** @throws DomainError `invalid_tax_exemption` | `tax_exemption_exists` | `too_many_tax_exemptions` */
export const withExemption = (known: Certificates, added: TaxExemptionCertificate): Certificates => {
  const { jurisdiction, number, validFrom, validTo } = added;
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    return refuseAt(
      '/validTo',
      'invalid_tax_exemption',
      'A certificate holds to the day from which it holds, or to a later one.',
    );
  if (known.some((one) => one.jurisdiction === jurisdiction && one.number === number))
    return refuseAt(
      '/number',
      'tax_exemption_exists',
      'The account has a certificate of this jurisdiction with this number: remove that one.',
      'conflict',
    );
  if (known.length >= TAX_EXEMPTIONS_MAX)
    return refuse('too_many_tax_exemptions', 'An account has 100 certificates at most, also of those that are over.');
  return [...known, added];
};

/** @throws DomainError `tax_exemption_not_found` */
export const withoutExemption = (known: Certificates, id: TaxExemptionId): Certificates =>
  known.some((one) => one.id === id) ? known.filter((one) => one.id !== id) : notFound('tax_exemption', id);

/** One that holds on a day, of a jurisdiction. */
export const exemptionFrom = (
  exemptions: readonly TaxExemption[] = [],
  jurisdiction: string,
  on: LocalDate,
): TaxExemption | undefined => exemptions.find((one) => one.jurisdiction === jurisdiction && holds(one, on));

const holds = ({ validFrom, validTo }: TaxExemption, on: LocalDate): boolean =>
  (validFrom === undefined || validFrom <= on) && (validTo === undefined || on <= validTo);

/** What is kept beside a document: its number is in the bill-to, sealed. */
export const evidenceOf = ({ jurisdiction, validFrom, validTo }: TaxExemption): TaxExemption => ({
  jurisdiction,
  ...(validFrom === undefined ? {} : { validFrom }),
  ...(validTo === undefined ? {} : { validTo }),
});
