import type { WebhookTerms } from '#contracts';
import type { AccountId } from '#kernel';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { IdField } from '../../pipeline/ids.js';
import { CommaSeparated, PageQuery } from '../../pipeline/queries.dto.js';
import { MayBeAbsent } from '../../pipeline/rules.js';
import type { WebhookDeliveryStatus } from '../../webhooks/delivery-queries.js';
import { DryRunDto } from '../billing/billing.dto.js';
import { AreEventTypes, IsLogPosition } from '../events/events.dto.js';

const LIST_MAX = 100;
const URL_LENGTH_MAX = 2_048;
const RATE_MAX = 1_000;
const OVERLAP_SECONDS_MAX = 7 * 24 * 60 * 60;

abstract class WebhookTermsDto extends DryRunDto {
  /** Which events, by name or by thing; all there are where none is named. @example ["invoice.*", "payment.received"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @AreEventTypes({ each: true })
  eventTypes?: string[];

  /** Only what is about these accounts; about all where none is named. @example [] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @IdField('account', { each: true })
  accountIds?: AccountId[];

  /** `account`: what is about one account comes one after the other, and waits for what was not taken. @example "account" */
  @MayBeAbsent()
  @IsIn(['account', 'none'])
  ordering?: WebhookTerms['ordering'];

  /** `thin`: of `data`, the ids alone. @example "full" */
  @MayBeAbsent()
  @IsIn(['full', 'thin'])
  format?: WebhookTerms['format'];
}

export class CreateWebhookEndpointDto extends WebhookTermsDto {
  /** Where they are posted: `https://`, without name and password. @example "https://hooks.acme.example/recount" */
  @IsString()
  @Length(1, URL_LENGTH_MAX)
  url!: string;

  /** @example "Books of Acme" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  description?: string;
}

/** What is left out stays as it is. */
export class ChangeWebhookEndpointDto extends WebhookTermsDto {
  /** @example "https://hooks.acme.example/recount" */
  @MayBeAbsent()
  @IsString()
  @Length(1, URL_LENGTH_MAX)
  url?: string;

  /** @example "Books of Acme" */
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  description?: string;
}

export class RotateWebhookSecretDto extends DryRunDto {
  /** How long the one before signs, too; a day unless said. @example 86400 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(OVERLAP_SECONDS_MAX)
  overlapSeconds?: number;
}

export class WebhookDeliveriesQuery extends PageQuery {
  /** @example "dead,pending" */
  @MayBeAbsent()
  @CommaSeparated()
  @IsIn(['pending', 'delivered', 'dead', 'skipped'], { each: true })
  status?: WebhookDeliveryStatus[];
}

export class StartWebhookReplayDto {
  /** After this position of the log; "0" for all there are. @example "4711" */
  @IsLogPosition()
  from!: string;

  /** Up to this position; to the end that the log has now unless said. @example "9922" */
  @MayBeAbsent()
  @IsLogPosition()
  to?: string;

  /** Only these of what the endpoint hears, by name or by thing. @example ["invoice.*"] */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @AreEventTypes({ each: true })
  eventTypes?: string[];

  /** Messages a second at the most; 100 unless said. @example 100 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(RATE_MAX)
  ratePerSecond?: number;
}
