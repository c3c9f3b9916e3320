import type { TaxIdType } from '#contracts';
import { IsEmail, IsIn, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent, rule } from '../../pipeline/rules.js';

const isLanguage = (value: unknown): boolean => {
  if (typeof value !== 'string' || value.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(value)[0] === value;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
export const IsLanguage = rule('unknown_language', isLanguage, 'This is a language tag of BCP 47: "de", "pt-BR".');

export abstract class AddressLinesDto {
  /** @example "1 Analytical Way" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  line1?: string;

  /** @example "Floor 2" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  line2?: string;

  /** @example "London" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  city?: string;

  /** @example "Greater London" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  region?: string;

  /** @example "N1 9GU" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 32)
  postalCode?: string;
}

/** Where somebody is. */
export class AddressDto extends AddressLinesDto {
  /** ISO 3166-1 alpha-2. @example "GB" */
  @MayBeAbsent()
  @IsString()
  @Length(2, 2)
  country?: string;
}

const TAX_ID_TYPES = [
  'eu_vat',
  'gb_vat',
  'ch_vat',
  'no_vat',
  'de_tax_number',
  'us_ein',
  'jp_invoice_registration',
  'other',
] as const satisfies readonly TaxIdType[];

/** What an authority calls a party. */
export class TaxIdDto {
  /** @example "eu_vat" */
  @IsIn(TAX_ID_TYPES)
  type!: TaxIdType;

  /** @example "DE136695976" */
  @IsString()
  @Length(1, 64)
  @Matches(/\S/u)
  value!: string;
}

/** Somebody to turn to on the side of a customer. */
export class ContactDto {
  /** @example "Grace Hopper" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** @example "grace@ada.example" */
  @MayBeAbsent()
  @IsEmail()
  @Length(3, 254)
  email?: string;

  /** @example "+44 20 7946 0000" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  phone?: string;

  /** For what. @example "billing" */
  @MayBeAbsent()
  @IsIn(['billing', 'technical', 'legal', 'other'])
  role?: 'billing' | 'technical' | 'legal' | 'other';
}
