import type { AccountId, Instant } from '#kernel';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { CommaSeparated, PageQuery, TruthValue } from '../../pipeline/queries.dto.js';
import { externalReference } from '../../pipeline/external-references.js';
import { InstantField, ReadAs } from '../../pipeline/fields.js';
import { IdField, idIn } from '../../pipeline/ids.js';
import { IsCurrencyCode, IsMetadata, MayBeAbsent } from '../../pipeline/rules.js';

export class AccountsQueryDto extends PageQuery {
  /** @example "open" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['open', 'closed'], { each: true })
  status?: string[];

  /** @example "cust-42" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 255)
  @ReadAs((externalId: string) => idIn('account', externalReference(externalId)))
  externalId?: AccountId;

  /** Words that the name has, each by its beginning; case and accents do not matter. @example "ada love" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  name?: string;

  /** The whole address; case does not matter. @example "billing@ada.example" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 254)
  email?: string;

  /** Texts that the account has, as in `metadata[tier]=gold`. @example { "tier": "gold" } */
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Record<string, string>;

  /** @example "USD" */
  @MayBeAbsent()
  @IsCurrencyCode()
  currency?: string;

  /** Those that belong to this account. @example "external:cust-1" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  parentAccountId?: AccountId;

  /** @example false */
  @MayBeAbsent()
  @TruthValue()
  @IsBoolean()
  test?: boolean;

  /** @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  'openedAt[gte]'?: Instant;

  /** @example "2026-02-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  'openedAt[lt]'?: Instant;

  /** A field, with `-` downwards; the newest first unless named. Names are sealed, and sort by nothing. @example "-openedAt" */
  @MayBeAbsent()
  @IsIn(['openedAt', '-openedAt', 'currency', '-currency'])
  sort?: string;
}
