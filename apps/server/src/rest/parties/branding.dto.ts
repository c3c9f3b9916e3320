import { LOGO_TEXT_MAX, type BrandingColumn } from '#contracts';
import { LANGUAGES } from '#documents';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class BrandingTextDto {
  /** Of documents that say it. @example "en" */
  @IsIn(LANGUAGES)
  language!: string;

  /** Above the lines of invoices. @example "Thank you for working with us." */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  intro?: string;

  /** How invoices are paid, above the bank accounts. @example "Please name the number of the invoice." */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  payment?: string;
}

/** Fields that are left out stay; `null` and an empty list remove one. */
export class ChangeBrandingDto {
  /** A PNG or a JPEG in grey or RGB, in base64: 64 KiB and 1000 pixels a side at the most, and 512 KiB of a PDF. @example "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" */
  @IsOptional()
  @IsString()
  @Length(1, LOGO_TEXT_MAX)
  logo?: string | null;

  /** Of rules, and of titles where it can be read on white. @example "#0a5c36" */
  @IsOptional()
  @IsString()
  @Matches(/^#[0-9a-f]{6}$/u)
  accentColor?: string | null;

  /** One for each language at the most; the first one is for documents in a language that has none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LANGUAGES.length)
  @ArrayUnique(({ language }: BrandingTextDto) => language)
  @ValidateNested({ each: true })
  @Type(() => BrandingTextDto)
  texts?: BrandingTextDto[] | null;

  /** What lines do not say on pages and in PDFs; e-invoices say all of it. @example ["unit_price"] */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(['quantity', 'unit_price', 'service_period'], { each: true })
  hiddenColumns?: BrandingColumn[] | null;
}
