import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';

/** How invoices are numbered from the next one on; the sequence goes on without a gap. What is left out keeps its value. */
export class InvoiceNumbersDto {
  /** Letters, digits, `-`, `_`, `/`, `.`, `{year}` and `{month}` of the day of issue; it ends with neither of these nor a digit. @example "ACME-{year}-" */
  @MayBeAbsent()
  @IsString()
  @Length(0, 32)
  prefix?: string;

  /** How many digits the sequence has at the least. @example 6 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(12)
  digits?: number;
}

/** Fields that are left out stay; `null` removes the legal name. */
export class TenantSettingsDto {
  /** @example "Acme" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  name?: string;

  /** Who issues the invoices. @example "Acme GmbH" */
  @IsOptional()
  @IsString()
  @Length(1, 256)
  legalName?: string | null;

  /** Of the books, and of new accounts that name no other. @example "Europe/Berlin" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  /** Of new accounts that name no others. @example 14 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(365)
  netTermsDays?: number;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => InvoiceNumbersDto)
  invoiceNumbers?: InvoiceNumbersDto;

  /** How credit notes are numbered, in the same way; `null`: they go on with the numbers of the invoices. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => InvoiceNumbersDto)
  creditNoteNumbers?: InvoiceNumbersDto | null;
}

export class InvoiceNumbersResource {
  /** @example "INV-" */
  prefix!: string;
  /** @example 6 */
  digits!: number;
}

export class TenantSettingsResource {
  /** @example "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "Acme" */
  name!: string;
  /** Who issues the invoices. @example "Acme GmbH" */
  legalName!: string | null;
  /** @example "Europe/Berlin" */
  timeZone!: string;
  /** @example 30 */
  netTermsDays!: number;
  invoiceNumbers!: InvoiceNumbersResource;
  /** Null where they go on with the numbers of the invoices. */
  creditNoteNumbers!: InvoiceNumbersResource | null;
}
