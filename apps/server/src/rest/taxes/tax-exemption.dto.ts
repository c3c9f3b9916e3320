import type { LocalDate } from '#kernel';
import type { TaxExemptionCertificate } from '#billing/tax';
import { IsString, Length, Matches } from 'class-validator';
import { DateField } from '../../pipeline/fields.js';
import { MayBeAbsent } from '../../pipeline/rules.js';
import { IsJurisdiction } from './tax.dto.js';

/** A certificate of an authority: of its jurisdiction, the account owes no tax while it holds. */
export class AddTaxExemptionDto {
  /** A country, or a part of one as ISO 3166-2 names it. @example "US-NY" */
  @IsJurisdiction()
  jurisdiction!: string;

  /** As the certificate says it. @example "ST-120-47110815" */
  @IsString()
  @Length(1, 64)
  @Matches(/\S/u)
  number!: string;

  /** The first day on which it holds; without one, always until the last. @example "2026-01-01" */
  @MayBeAbsent()
  @DateField()
  validFrom?: LocalDate;

  /** The last day; without one, it does not end. @example "2028-12-31" */
  @MayBeAbsent()
  @DateField()
  validTo?: LocalDate;
}

export class TaxExemptionResource {
  /** @example "txe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "US-NY" */
  jurisdiction!: string;
  /** @example "ST-120-47110815" */
  number!: string;
  /** @example "2026-01-01" */
  validFrom!: string | null;
  /** @example "2028-12-31" */
  validTo!: string | null;
}

export class RemovedTaxExemptionResource {
  /** @example "txe_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "removed" */
  status!: 'removed';
}

export const taxExemptionResource = ({
  validFrom,
  validTo,
  ...certificate
}: TaxExemptionCertificate): TaxExemptionResource => ({
  ...certificate,
  validFrom: validFrom ?? null,
  validTo: validTo ?? null,
});
