import { USAGE_SHARDS, type UsageShards } from '#contracts';
import type { Instant } from '#kernel';
import { ArrayMinSize, ArrayUnique, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { SCOPES } from '../../access/permissions.js';
import { PageQuery } from '../../pipeline/queries.dto.js';
import { InstantField } from '../../pipeline/fields.js';
import { IsTimeZoneName, MayBeAbsent } from '../../pipeline/rules.js';
import { IsOfThisCentury } from '../test-clocks/test-clock.dto.js';

const REQUESTS_PER_HOUR_MAX = 1_000_000_000;

export class IssueApiKeyDto {
  /** What it is for. @example "billing worker" */
  @IsString()
  @Length(1, 128)
  name!: string;

  /** Roles and permissions, none beyond your own; without them, `billing_admin`. @example ["usage.write", "usage.read"] */
  @MayBeAbsent()
  @IsIn(SCOPES, { each: true, message: 'A scope is a role or a permission.' })
  @ArrayMinSize(1)
  @ArrayUnique()
  scopes?: string[];

  /** It opens nothing from then on, and never outlives the key that issues it; without it, it lasts as long as that one. @example "2099-12-31T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  expiresAt?: Instant;

  /** Without it, as many as the key that issues it; more than your own takes `tenants.write`. @example 1000 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(REQUESTS_PER_HOUR_MAX)
  requestsPerHour?: number;
}

const OVERLAP_SECONDS_MAX = 30 * 24 * 60 * 60;

export class RotateApiKeyDto {
  /** How long the former key stays valid beside its successor; a day unless named, 30 days at the most. @example 86400 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(OVERLAP_SECONDS_MAX)
  overlapSeconds?: number;

  /** When the successor ends; as its former unless named. @example "2099-12-31T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  expiresAt?: Instant;
}

export class RevokeApiKeyQueryDto {
  /** `true`: and every key that it issued, that these issued, and so on. */
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  cascade?: string;
}

export class CreateTenantDto {
  /** @example "Acme Inc" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** `test`: one to try things in. All its accounts live by test clocks, its reports go by its own. For good. @example "live" */
  @MayBeAbsent()
  @IsIn(['live', 'test'])
  mode?: 'live' | 'test';

  /** What the clock of a test tenant shows at first; now unless named. @example "2026-01-01T00:00:00Z" */
  @MayBeAbsent()
  @InstantField()
  @IsOfThisCentury()
  startAt?: Instant;

  /** The zone of its books. @example "UTC" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  /** How many streams of the log its usage is spread over: more take more readings at once, from more processes. For good. @example 16 */
  @MayBeAbsent()
  @IsIn(USAGE_SHARDS)
  usageShards?: UsageShards;

  /** What its first key may send, and so all others at the most; without it, what the installation allows a key. @example 1000 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(REQUESTS_PER_HOUR_MAX)
  requestsPerHour?: number;
}

export class SuspendTenantDto {
  /** Stands in the log. @example "Has not paid since March." */
  @IsString()
  @Length(1, 256)
  reason!: string;
}

export class ReinstateTenantDto {
  /** Stands in the log. @example "Has paid." */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  reason?: string;
}

export class ApiKeyResource {
  /** @example "key_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "billing worker" */
  name!: string;
  /** Roles and permissions. @example ["billing_admin"] */
  scopes!: string[];
  /** @example "2099-12-31T00:00:00Z" */
  expiresAt!: string | null;
  /** Null: as many as the installation allows. @example 1000 */
  requestsPerHour!: number | null;
  /** The key that issued it; null where a token, the operator or another tenant did. */
  issuedBy!: string | null;
  /** The key whose place it takes. */
  replaces!: string | null;
  /** Its successor, beside which it stays valid until `expiresAt`. */
  replacedBy!: string | null;
  revoked!: boolean;
}

export class IssuedApiKeyResource extends ApiKeyResource {
  /** Shown this once; only its hash is kept. @example "rk_kXJ3…" */
  secret!: string;
}

export class TenantResource {
  /** @example "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "Acme Inc" */
  name!: string;
  /** @example "live" */
  mode!: 'live' | 'test';
  /** Of a test tenant: the clock that it goes by, and each account that names no other. */
  testClockId!: string | null;
  /** How many streams of the log its usage is spread over. @example 16 */
  usageShards!: number;
  /** While it is suspended, its credentials open nothing, and nothing of it falls due. */
  status!: 'active' | 'suspended';
}

export class CreatedTenantResource extends TenantResource {
  /** Its first key, shown this once; `rk_test_…` if it is a test tenant. @example "rk_kXJ3…" */
  apiKey!: string;
}

export class ApiKeysQueryDto extends PageQuery {
  /** A field, with `-` downwards; the newest first unless named. @example "issuedAt" */
  @MayBeAbsent()
  @IsIn(['issuedAt', '-issuedAt', 'name', '-name', 'expiresAt', '-expiresAt'])
  sort?: string;
}
