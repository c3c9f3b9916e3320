import { IsString, Length } from 'class-validator';
import { IsTimeZoneName, MayBeAbsent } from '../http/rules.js';

export class IssueApiKeyDto {
  /** What it is for. @example "billing worker" */
  @IsString()
  @Length(1, 128)
  name!: string;
}

export class CreateTenantDto {
  /** @example "Acme Inc" */
  @IsString()
  @Length(1, 256)
  name!: string;

  /** The zone of its books. @example "UTC" */
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;
}

export class ApiKeyResource {
  /** @example "key_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "billing worker" */
  name!: string;
  /** @example ["tenant"] */
  scopes!: string[];
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
  /** Its first key, shown this once. @example "rk_kXJ3…" */
  apiKey!: string;
}
