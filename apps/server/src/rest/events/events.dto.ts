import type { AccountId } from '#kernel';
import { ArrayMaxSize, Length } from 'class-validator';
import { typesNamed } from '../../feed/selection.js';
import { CommaSeparated } from '../../pipeline/queries.dto.js';
import { IdField } from '../../pipeline/ids.js';
import { MayBeAbsent, rule } from '../../pipeline/rules.js';

const POSITION = /^\d{1,18}$/;
const TYPES_MAX = 100;

const IsFeedStart = rule(
  'invalid_position',
  (value) => value === 'start' || value === 'now' || (typeof value === 'string' && POSITION.test(value)),
  'This is a position that an event or an answer carried, “start” or “now”.',
);

export const IsLogPosition = rule(
  'invalid_position',
  (value) => typeof value === 'string' && POSITION.test(value),
  'This is a position that an event or an answer carried.',
);

export const AreEventTypes = rule(
  'unknown_event_type',
  (value) => typeof value === 'string' && typesNamed(value).length > 0,
  'This is a public event, or all of a thing: “invoice.finalized”, “invoice.*”.',
);

/** Which events, and from where. `Last-Event-ID` goes before `from`: a client that comes back says both. */
export class EventsQuery {
  /** After this position of the log; `start` for all there are, `now` for those to come. @example "4711" */
  @MayBeAbsent()
  @IsFeedStart()
  from: string = 'now';

  /** Only these, by name or by thing. @example "invoice.finalized,payment.*" */
  @MayBeAbsent()
  @CommaSeparated()
  @ArrayMaxSize(TYPES_MAX)
  @AreEventTypes({ each: true })
  types?: string[];

  /** Only what is about this account: `acc_…` or `external:<externalId>`. @example "external:cust-42" */
  @MayBeAbsent()
  @IdField('account')
  @Length(1, 300)
  account?: AccountId;
}

export class RepublishEventsDto {
  /** After this position of the log; "0" for all there are. @example "4711" */
  @IsLogPosition()
  from!: string;
}
