import { type AccountId, type LegalEntityId, type TestClockId } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { AddressDto, ContactDto, IsLanguage, TaxIdDto } from '../parties/party.dto.js';
import { IdField } from '../../pipeline/ids.js';
import { IsCurrencyCode, IsMetadata, IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';

export class OpenAccountDto {
  /** Your own name for it, unique in your tenant; usable in every path as `external:<externalId>`. @example "cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 255)
  externalId?: string;

  /** @example "Ada Lovelace Ltd" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** @example "billing@ada.example" */
  @MayBeAbsent()
  @IsEmail()
  @Length(3, 254)
  email?: string;

  /** ISO 4217; the account's for good. @example "USD" */
  @IsCurrencyCode()
  currency!: string;

  /** IANA time zone in which its periods turn. @example "UTC" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressDto)
  billingAddress?: AddressDto;

  /** Where goods go, if not to the billing address. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressDto)
  shippingAddress?: AddressDto;

  /** The first of `taxIds`, of the type `other` where that is all you know of it. @example "GB193054661" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  taxId?: string;

  /** At most 10. Form and check digits of `eu_vat`, `gb_vat`, `ch_vat` and `no_vat` are checked. @example [{ "type": "gb_vat", "value": "GB193054661" }] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => TaxIdDto)
  taxIds?: TaxIdDto[];

  /** At most 20. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ContactDto)
  contacts?: ContactDto[];

  /** The order that invoices name. @example "PO-4711" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  purchaseOrder?: string;

  /** How the customer asks to be addressed, as by a Leitweg-ID (BT-10). @example "04011000-12345-03" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 128)
  buyerReference?: string;

  /** Of its documents, as BCP 47 has it; that of the seller unless given. @example "en-GB" */
  @MayBeAbsent()
  @IsLanguage()
  language?: string;

  /** @example false */
  @MayBeAbsent()
  @IsBoolean()
  taxExempt?: boolean;

  /** Days between issue and due. @example 30 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(365)
  netTermsDays?: number;

  /** Who sells to it; your first legal entity unless named. */
  @MayBeAbsent()
  @IdField('legal_entity')
  @Length(1, 64)
  legalEntityId?: LegalEntityId;

  /** The account that this one belongs to. */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  parentAccountId?: AccountId;

  /** For trying things out: it is in no report, and its invoices have numbers of their own. @example false */
  @MayBeAbsent()
  @IsBoolean()
  test?: boolean;

  /** The test clock that a test account, or one of a test tenant, lives by; without it, that of the test tenant. */
  @MayBeAbsent()
  @IdField('test_clock')
  @Length(1, 64)
  testClockId?: TestClockId;

  /** Yours, stored as it is and never erased: no personal data here. @example { "tier": "gold" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;
}

export class CloseAccountDto {
  /** @example "moved to a competitor" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}

export class EraseAccountDto {
  /** Also erases what issued invoices say of the person; refused until ten years after the last one. @example false */
  @MayBeAbsent()
  @IsBoolean()
  documents?: boolean;

  /** Kept in the log for ever: say nothing of the person here. @example "asked for by the person, ticket 4711" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 1024)
  reason?: string;
}
