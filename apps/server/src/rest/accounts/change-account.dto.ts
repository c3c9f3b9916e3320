import type { AccountId, LegalEntityId } from '#kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IdField } from '../../pipeline/ids.js';
import { IsMetadataChange, IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';
import { AddressDto, ContactDto, IsLanguage, TaxIdDto } from '../parties/party.dto.js';

/** Fields that are left out stay; `null` removes one. */
export class ChangeAccountDto {
  /** Another name of your own for it; the old one is free, and names it no more. @example "cust-42" */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  externalId?: string | null;

  /** @example "Ada Lovelace plc" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  name?: string;

  /** @example "accounts@ada.example" */
  @IsOptional()
  @IsEmail()
  @Length(3, 254)
  email?: string | null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressDto)
  billingAddress?: AddressDto | null;

  /** Where goods go, if not to the billing address. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressDto)
  shippingAddress?: AddressDto | null;

  /** The first of `taxIds`, of the type `other` where that is all you know of it. @example "GB193054661" */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  taxId?: string | null;

  /** At most 10. Form and check digits of `eu_vat`, `gb_vat`, `ch_vat` and `no_vat` are checked. @example [{ "type": "gb_vat", "value": "GB193054661" }] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => TaxIdDto)
  taxIds?: TaxIdDto[] | null;

  /** At most 20. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ContactDto)
  contacts?: ContactDto[] | null;

  /** The order that invoices name. @example "PO-4711" */
  @IsOptional()
  @IsString()
  @Length(1, 128)
  purchaseOrder?: string | null;

  /** How the customer asks to be addressed, as by a Leitweg-ID (BT-10). @example "04011000-12345-03" */
  @IsOptional()
  @IsString()
  @Length(1, 128)
  buyerReference?: string | null;

  /** Of its documents, as BCP 47 has it; that of the seller unless given. @example "en-GB" */
  @IsOptional()
  @IsLanguage()
  language?: string | null;

  /** @example true */
  @MayBeAbsent()
  @IsBoolean()
  taxExempt?: boolean;

  /** @example 14 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(365)
  netTermsDays?: number;

  /** Subscriptions that are created later turn in it; those that run keep theirs. @example "Europe/Berlin" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  /** Who sells to it, as long as nothing is issued or booked. */
  @MayBeAbsent()
  @IdField('legal_entity')
  @Length(1, 64)
  legalEntityId?: LegalEntityId;

  /** The account that this one belongs to, for lists and reports: each is billed by itself. Not one that belongs to this. @example null */
  @IsOptional()
  @IdField('account')
  @Length(1, 300)
  parentAccountId?: AccountId | null;

  /** Texts to set beside those that are there; `null` removes one, or all. @example { "tier": "silver", "region": null } */
  @IsOptional()
  @IsMetadataChange()
  @ApiProperty({ additionalProperties: { type: ['string', 'null'] } })
  metadata?: Record<string, string | null> | null;
}
