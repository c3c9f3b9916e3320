import type { TaxCategory, TaxSettings } from '#contracts';
import { isCountry, type LocalDate } from '#kernel';
import { Type } from 'class-transformer';
import { Equals, IsBoolean, IsIn, IsInt, IsObject, Matches, Max, Min, ValidateNested } from 'class-validator';
import { DateField } from '../../pipeline/fields.js';
import { IsCountry, IsPercent, MayBeAbsent, rule } from '../../pipeline/rules.js';

const REGION = /^[A-Z0-9]{1,8}$/u;
const JURISDICTION = /^[A-Z]{2}(?:-[A-Z0-9]{1,8})?$/u;
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/u;

/** A class of what is sold, as far as taxes go. */
export const IsTaxClass = () => Matches(CODE);

type OnOutage = NonNullable<TaxSettings['onOutage']>;
export type TaxPoint = NonNullable<TaxSettings['taxPoint']>;
const CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'] as const satisfies readonly TaxCategory[];

export const IsJurisdiction = rule(
  'unknown_country',
  (value) => typeof value === 'string' && JURISDICTION.test(value) && isCountry(value.slice(0, 2)),
  'This is a country by its code of ISO 3166-1, or a part of one by that of ISO 3166-2: "DE", "US-NY".',
);

export class FlatTaxDto {
  /** Of 10,000. @example 1900 */
  @IsInt()
  @Min(0)
  @Max(10_000)
  basisPoints!: number;

  /** Whoever gives a tax id owes none. @example true */
  @IsBoolean()
  b2bExempt!: boolean;
}

/** Set as a whole: what is left out is as at first, no tax, rounded once per document, on top of the prices. */
export class TaxSettingsDto {
  /** `none` charges no tax, `flat` everybody the same, `rates` by where you and your customer are, `http` as a service of the installation says. @example "rates" */
  @IsIn(['none', 'flat', 'rates', 'http'])
  provider!: TaxSettings['provider'];

  /** Where you are, ISO 3166-1 alpha-2; needed where tax is charged. @example "DE" */
  @MayBeAbsent()
  @IsCountry()
  country?: string;

  /** As ISO 3166-2 names it within the country, where that matters. @example "NY" */
  @MayBeAbsent()
  @Matches(REGION)
  region?: string;

  /** Needed by `flat`. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => FlatTaxDto)
  flat?: FlatTaxDto;

  /** Of a seller in the EU: consumers in other states bear the tax of theirs (one-stop shop). @example true */
  @MayBeAbsent()
  @IsBoolean()
  oss?: boolean;

  /** Of `http`, when the service does not answer: the invoice waits for it, or bears what its charges bore last, or the `flat` rate. @example "wait" */
  @MayBeAbsent()
  @IsIn(['wait', 'last_known', 'fallback_rate'])
  onOutage?: OnOutage;

  /** Reverse charge is for those alone whose VAT id a register called valid within 30 days; others are charged tax as consumers are. @example true */
  @MayBeAbsent()
  @Equals(true)
  requireCheckedTaxId?: true;

  /** Which day says what a line bears: that of issue, or the last of its service. @example "issue" */
  @MayBeAbsent()
  @IsIn(['issue', 'service_end'])
  taxPoint?: TaxPoint;

  /** `document` rounds the tax of each rate once, and shares it out to the lines; `line` rounds it on each line. @example "document" */
  @MayBeAbsent()
  @IsIn(['document', 'line'])
  rounding?: TaxSettings['rounding'];

  /** `inclusive`: prices have their tax inside. @example "exclusive" */
  @MayBeAbsent()
  @IsIn(['exclusive', 'inclusive'])
  prices?: TaxSettings['prices'];
}

export class TaxSettingsResource {
  /** @example "rates" */
  provider!: TaxSettings['provider'];
  /** @example "DE" */
  country!: string | null;
  /** @example null */
  region!: string | null;
  flat!: FlatTaxDto | null;
  /** @example true */
  oss!: boolean;
  /** @example "wait" */
  onOutage!: OnOutage;
  /** @example false */
  requireCheckedTaxId!: boolean;
  /** @example "issue" */
  taxPoint!: TaxPoint;
  /** @example "document" */
  rounding!: TaxSettings['rounding'];
  /** @example "exclusive" */
  prices!: TaxSettings['prices'];
}

/** A percentage from a day on. Another one of the code is another rate from a later day on; one from the same day takes its place. */
export class TaxRateDto {
  /** Yours. @example "de-vat" */
  @Matches(CODE)
  code!: string;

  /** A country, or a part of one as ISO 3166-2 names it. @example "DE" */
  @IsJurisdiction()
  jurisdiction!: string;

  /** As UNCL5305 names it: S taxed, Z zero, E exempt, O outside, … @example "S" */
  @IsIn(CATEGORIES)
  category!: TaxCategory;

  /** What it is for: a class that charges and items name; `standard` unless named. @example "standard" */
  @MayBeAbsent()
  @IsTaxClass()
  taxClass?: string;

  /** In percent. @example "19" */
  @IsPercent()
  rate!: string;

  /** The first day. @example "2026-01-01" */
  @DateField()
  validFrom!: LocalDate;

  /** The last day; without one, until the code has another rate. @example "2026-12-31" */
  @MayBeAbsent()
  @DateField()
  validTo?: LocalDate;

  /** Levied on the taxes before it, too. @example true */
  @MayBeAbsent()
  @Equals(true)
  compound?: true;
}

export class TaxRateResource {
  /** @example "de-vat" */
  code!: string;
  /** @example "DE" */
  jurisdiction!: string;
  /** @example "S" */
  category!: TaxCategory;
  /** @example "standard" */
  taxClass!: string;
  /** In percent. @example "19" */
  rate!: string;
  /** @example "2026-01-01" */
  validFrom!: string;
  /** @example null */
  validTo!: string | null;
  /** Levied on the taxes before it, too. @example false */
  compound!: boolean;
}
