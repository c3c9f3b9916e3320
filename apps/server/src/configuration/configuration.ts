import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, MinLength } from 'class-validator';
import { INVOICE_PREFIX, INVOICE_PREFIX_RULE } from '#billing/tenant';
import { FAILURES_PER_MINUTE, REQUESTS_PER_HOUR } from '../access/access-settings.js';
import { IsTimeZoneName } from '../pipeline/rules.js';
import { ServicesConfiguration } from './services-configuration.js';
import { CommaSeparated, Digits, IsAddressOrNetwork, IsPort, IsReachable, IsWebhookNetwork } from './value-rules.js';

export const ROLES = ['api', 'projector', 'worker'] as const;
export type ServerRole = (typeof ROLES)[number];

const CLOCK_AHEAD_RULE = 'RECOUNT_CLOCK_AHEAD_DAYS is whole days from 1 to 3650.';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What the environment may say. A part that has no URL is embedded. */
export class Configuration extends ServicesConfiguration {
  /** Where the API listens; 0 takes a free port. */
  @IsPort('PORT')
  PORT: number = 3000;

  /** Where the gRPC door listens. Unless told, 50051, or a free port if another program has that one. */
  @IsOptional()
  @IsPort('GRPC_PORT')
  GRPC_PORT?: number;

  /** Where a process without the role `api` tells of its health and its metrics; a free port unless told. */
  @IsOptional()
  @IsPort('HEALTH_PORT')
  HEALTH_PORT?: number;

  @IsString()
  HOST: string = '127.0.0.1';

  /** Where a process with the role `api` listens for the others, and where they reach it. */
  @IsReachable()
  MEMBER_HOST: string = '127.0.0.1';

  /** A free one unless told: the others find it in the database. */
  @IsPort('MEMBER_PORT')
  MEMBER_PORT: number = 0;

  /** Where the embedded event store and Postgres keep what they hold, and the master key. */
  @IsString()
  RECOUNT_DATA_DIR: string = 'data';

  @IsOptional()
  @Matches(/^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/\S+$/, {
    message: 'EVENTSTORE_URL is a connection string such as kurrentdb://localhost:2113?tls=false.',
  })
  EVENTSTORE_URL?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, {
    message: 'DATABASE_URL is a URL such as postgresql://user:password@localhost:5432/recount.',
  })
  DATABASE_URL?: string;

  @IsOptional()
  @Matches(/^(nats|tls):\/\/\S+$/, { message: 'NATS_URL is a URL such as nats://localhost:4222.' })
  NATS_URL?: string;

  /** The file of a NATS user that is known by a key. */
  @IsOptional()
  @IsString()
  NATS_CREDENTIALS?: string;

  /** Files in PEM: whom the certificate of NATS comes from, and the certificate and key to show it. */
  @IsOptional()
  @IsString()
  NATS_TLS_CA?: string;

  @IsOptional()
  @IsString()
  NATS_TLS_CERT?: string;

  @IsOptional()
  @IsString()
  NATS_TLS_KEY?: string;

  /** Which of them may be reached in plain text over a network, where everybody on the way reads and changes what goes by. */
  @CommaSeparated()
  @IsIn(['nats', 'eventstore', 'smtp', 'webhooks'], {
    each: true,
    message: 'RECOUNT_ALLOW_PLAINTEXT is a list of nats, eventstore, smtp, webhooks.',
  })
  RECOUNT_ALLOW_PLAINTEXT: readonly ('nats' | 'eventstore' | 'smtp' | 'webhooks')[] = [];

  /** Addresses and networks that webhooks may reach beside public ones. */
  @CommaSeparated()
  @IsWebhookNetwork({ each: true })
  WEBHOOK_ALLOW_CIDRS: readonly string[] = [];

  /** What this process does; everything unless told. */
  @CommaSeparated()
  @IsIn(ROLES, { each: true, message: `ROLE is a list of ${ROLES.join(', ')}.` })
  ROLE: readonly ServerRole[] = ROLES;

  /** Whether what this process does is divided among one process of each role: so on four cores and more, unless told. */
  @IsOptional()
  @IsIn(['one', 'by_role'], { message: 'RECOUNT_PROCESSES is one or by_role.' })
  RECOUNT_PROCESSES?: 'one' | 'by_role';

  /** 32 bytes in base64. Without it, a key is made and kept in the data folder. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'RECOUNT_MASTER_KEY is 32 bytes in base64.' })
  RECOUNT_MASTER_KEY?: string;

  /** Requests an hour of a key that was issued without a limit of its own. */
  @Digits()
  @IsInt({ message: 'RATE_LIMIT is how many requests a key may send in an hour, at least 1.' })
  @Min(1, { message: 'RATE_LIMIT is how many requests a key may send in an hour, at least 1.' })
  RATE_LIMIT: number = REQUESTS_PER_HOUR;

  /** Requests without valid credentials that are heard of an address in a minute. */
  @Digits()
  @IsInt({ message: 'FAILED_CREDENTIALS_LIMIT is how often an address may fail in a minute, at least 1.' })
  @Min(1, { message: 'FAILED_CREDENTIALS_LIMIT is how often an address may fail in a minute, at least 1.' })
  FAILED_CREDENTIALS_LIMIT: number = FAILURES_PER_MINUTE;

  /** Opens `/metrics`, and nothing else. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,512}$/, { message: 'METRICS_TOKEN has at least 16 printable characters, without blanks.' })
  METRICS_TOKEN?: string;

  /** Proxies that say truly, in `X-Forwarded-For`, whom they heard. */
  @CommaSeparated()
  @IsAddressOrNetwork({ each: true })
  TRUSTED_PROXIES: readonly string[] = [];

  /** Origins whose pages may call the API. */
  @CommaSeparated()
  @Matches(/^https?:\/\/[^/\s]+$/, {
    each: true,
    message: 'CORS_ORIGINS is a list of origins such as https://app.example.com.',
  })
  CORS_ORIGINS: readonly string[] = [];

  /** Who issues tokens, and for whom; together with one of the three kinds of key. */
  @IsOptional()
  @IsString()
  JWT_ISSUER?: string;

  @IsOptional()
  @IsString()
  JWT_AUDIENCE?: string;

  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, {
    message: 'JWT_JWKS_URL is a URL such as https://id.example.com/.well-known/jwks.json.',
  })
  JWT_JWKS_URL?: string;

  /** A PEM, or the file that holds it. */
  @IsOptional()
  @IsString()
  JWT_PUBLIC_KEY?: string;

  @IsOptional()
  @MinLength(32, { message: 'JWT_SECRET has at least 32 characters.' })
  JWT_SECRET?: string;

  /** The file that gives personal data its keys; `key-ring` in the data folder unless told. All processes share it. */
  @IsOptional()
  @IsString()
  RECOUNT_KEY_RING?: string;

  /** A folder of fonts (TTF, OTF) for scripts that those of the product lack, such as Japanese. */
  @IsOptional()
  @IsString()
  RECOUNT_FONT_DIR?: string;

  /** Where the first API key is written; it is printed unless told. */
  @IsOptional()
  @IsString()
  RECOUNT_FIRST_KEY_FILE?: string;

  /** Where every key is lost: a name for one that opens everything, made by the start and shown by it. Each name is another key. */
  @IsOptional()
  @Length(1, 64, { message: 'RECOUNT_RECOVERY_KEY is a name for the key, of 1 to 64 characters.' })
  RECOUNT_RECOVERY_KEY?: string;

  /** What the first tenant is called, and begins with; it counts at the first start. */
  @IsOptional()
  @Length(1, 256, { message: 'RECOUNT_TENANT_NAME has 1 to 256 characters.' })
  RECOUNT_TENANT_NAME?: string;

  @IsOptional()
  @Length(1, 256, { message: 'RECOUNT_TENANT_LEGAL_NAME has 1 to 256 characters.' })
  RECOUNT_TENANT_LEGAL_NAME?: string;

  @IsOptional()
  @IsTimeZoneName({ message: 'RECOUNT_TENANT_TIME_ZONE is an IANA time zone such as Europe/Berlin.' })
  RECOUNT_TENANT_TIME_ZONE?: string;

  @IsOptional()
  @Digits()
  @IsInt({ message: 'RECOUNT_TENANT_NET_TERMS_DAYS is whole days from 0 to 365.' })
  @Max(365, { message: 'RECOUNT_TENANT_NET_TERMS_DAYS is whole days from 0 to 365.' })
  RECOUNT_TENANT_NET_TERMS_DAYS?: number;

  @IsOptional()
  @Matches(INVOICE_PREFIX, { message: `RECOUNT_TENANT_INVOICE_PREFIX: ${INVOICE_PREFIX_RULE}` })
  @Length(1, 32, { message: `RECOUNT_TENANT_INVOICE_PREFIX: ${INVOICE_PREFIX_RULE}` })
  RECOUNT_TENANT_INVOICE_PREFIX?: string;

  @IsOptional()
  @Digits()
  @IsInt({ message: 'RECOUNT_TENANT_INVOICE_DIGITS is a number from 1 to 12.' })
  @Min(1, { message: 'RECOUNT_TENANT_INVOICE_DIGITS is a number from 1 to 12.' })
  @Max(12, { message: 'RECOUNT_TENANT_INVOICE_DIGITS is a number from 1 to 12.' })
  RECOUNT_TENANT_INVOICE_DIGITS?: number;

  /** How many days the clock may be ahead of when a worker was last at work, before what falls due waits for a confirmation. */
  @Digits()
  @IsInt({ message: CLOCK_AHEAD_RULE })
  @Min(1, { message: CLOCK_AHEAD_RULE })
  @Max(3_650, { message: CLOCK_AHEAD_RULE })
  RECOUNT_CLOCK_AHEAD_DAYS: number = 7;

  @IsIn(LOG_LEVELS, { message: `LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}.` })
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'warn';
}
