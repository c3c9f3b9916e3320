import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBIC,
  IsEmail,
  IsIBAN,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { textField } from '../../pipeline/fields.js';
import { IsCountry, IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';
import { InvoiceNumbersDto } from '../operations/tenant-settings.dto.js';
import { AddressLinesDto, IsLanguage, TaxIdDto } from './party.dto.js';

/** Spaces are for people: none of them is stored. */
const compact = (text: string): string => text.replaceAll(/[\s-]/gu, '').toUpperCase();
const IbanField = textField(IsIBAN, compact);
const BicField = textField(IsBIC, compact);

/** Where a seller is. */
export class SellerAddressDto extends AddressLinesDto {
  /** ISO 3166-1 alpha-2. @example "DE" */
  @MayBeAbsent()
  @IsCountry()
  country?: string;
}

/** Where a seller is paid. */
export class BankAccountDto {
  /** @example "DE89370400440532013000" */
  @MayBeAbsent()
  @IbanField()
  iban?: string;

  /** @example "COBADEFFXXX" */
  @MayBeAbsent()
  @BicField()
  bic?: string;

  /** @example "Acme GmbH" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  accountHolder?: string;

  /** @example "Commerzbank" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  bankName?: string;

  /** Where there is no IBAN. @example "000123456789" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  accountNumber?: string;

  /** Where there is no IBAN. @example "110000000" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  routingNumber?: string;
}

export abstract class LegalEntityDetailsDto {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SellerAddressDto)
  address?: SellerAddressDto | null;

  /** At most 10. @example [{ "type": "eu_vat", "value": "DE136695976" }] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => TaxIdDto)
  taxIds?: TaxIdDto[] | null;

  /** As the commercial register has it. @example "Amtsgericht Berlin, HRB 12345" */
  @IsOptional()
  @IsString()
  @Length(1, 512)
  registration?: string | null;

  /** @example "billing@acme.example" */
  @IsOptional()
  @IsEmail()
  @Length(3, 254)
  email?: string | null;

  /** @example "+49 30 1234567" */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  phone?: string | null;

  /** @example "https://acme.example" */
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true })
  @Length(1, 256)
  website?: string | null;

  /** At most 10. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => BankAccountDto)
  bankAccounts?: BankAccountDto[] | null;

  /** Of its documents, as BCP 47 has it. @example "de" */
  @IsOptional()
  @IsLanguage()
  language?: string | null;

  /** Stands at the foot of its documents. @example "Managing director: Ada Lovelace" */
  @IsOptional()
  @IsString()
  @Length(1, 1024)
  footer?: string | null;
}

/** Fields that are left out stay; `null` removes one. Documents that are issued stay as they are. */
export class ChangeLegalEntityDto extends LegalEntityDetailsDto {
  /** The legal name; without one, documents say what the tenant is called. @example "Acme GmbH" */
  @IsOptional()
  @IsString()
  @Length(1, 256)
  name?: string | null;

  /** Of its books: it says on which day something is issued and booked. @example "Europe/Berlin" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => InvoiceNumbersDto)
  invoiceNumbers?: InvoiceNumbersDto;

  /** How its credit notes are numbered, in the same way; `null`: they go on with the numbers of its invoices. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => InvoiceNumbersDto)
  creditNoteNumbers?: InvoiceNumbersDto | null;
}

/** How documents of it are numbered, from 1 on. */
export class FirstInvoiceNumbersDto {
  /** One that no other entity has: letters, digits, `-`, `_`, `/`, `.`, `{year}` and `{month}` of the day of issue; it ends with neither of these nor a digit. @example "ACME-US-" */
  @IsString()
  @Length(0, 32)
  prefix!: string;

  /** How many digits the sequence has at the least; 6 unless given. @example 6 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(12)
  digits?: number;
}

export class DefineLegalEntityDto extends LegalEntityDetailsDto {
  /** The legal name. @example "Acme Inc." */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** Of its books; that of the first entity unless given. @example "America/New_York" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  @IsObject()
  @ValidateNested()
  @Type(() => FirstInvoiceNumbersDto)
  invoiceNumbers!: FirstInvoiceNumbersDto;

  /** How its credit notes are numbered; unless given, they go on with the numbers of its invoices. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FirstInvoiceNumbersDto)
  creditNoteNumbers?: FirstInvoiceNumbersDto | null;
}
