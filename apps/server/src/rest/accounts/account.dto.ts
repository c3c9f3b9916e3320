import { type AccountId, type LegalEntityId, type TestClockId } from '#kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
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
import { AddressDto } from '../parties/party.dto.js';
import { IdField } from '../../pipeline/ids.js';
import { IsCurrencyCode, IsMetadata, IsMetadataChange, IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';

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

  /** @example "GB123456789" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  taxId?: string;

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

  /** @example "GB123456789" */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  taxId?: string | null;

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
