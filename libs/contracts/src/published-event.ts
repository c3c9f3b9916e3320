import type { AccountId, Json, LoggedEvent, TenantId } from '#kernel';
import { Type, type TObject } from 'typebox';
import { decodeEvent, knownTypeOf, type Stored } from './event-codec.js';
import { IdText, InstantText } from './facts/shapes.js';
import { accountOf, categoryOf, tenantOfStream } from './streams.js';
import type { Told } from './facts/fact.js';
import { FACTS } from './facts/facts.js';
import type { PublicEventKind, PublicEventType } from './facts/public-events.js';
import { exampleId } from './facts/public-shapes.js';

/** What leaves the house, the same by every door. It is never the stored event itself. */
export interface PublicEvent {
  /** Of the event in the log, for ever: whoever gets it twice knows it by this. */
  readonly id: string;
  readonly type: PublicEventType;
  /** Of what `data` tells. */
  readonly version: number;
  readonly tenantId: TenantId;
  /** The account that it is about, if it is about one. */
  readonly accountId?: AccountId;
  /** When it counts in business: an instant or, of what is booked, a local date. */
  readonly effectiveAt: string;
  /** When the log learned it. */
  readonly recordedAt: string;
  /** Its place in this installation's log, to go on from. */
  readonly position: string;
  readonly data: { readonly [key: string]: Json };
}

/** Usage is in streams of many accounts, and of several of them about none alone. */
const accountTold = ({ stream, metadata }: Stored): AccountId | undefined =>
  accountOf(stream) ?? (categoryOf(stream) === 'usage' ? metadata.accountId : undefined);

/** An event of the log as the outside is told it; undefined if it is withheld. @throws UnknownStoredEvent */
export const publicEventOf = (logged: LoggedEvent): PublicEvent | undefined => {
  const told: Told | { readonly withheld: string } = FACTS[knownTypeOf(logged)].told;
  if ('withheld' in told) return undefined;
  const { type, version, tell } = told;
  const stored = decodeEvent(logged);
  const { id, stream, position, fact, metadata } = stored;
  const accountId = accountTold(stored);
  const { recordedAt, effectiveAt } = metadata;
  return {
    id,
    type: type as PublicEventType,
    version,
    tenantId: tenantOfStream(stream),
    ...(accountId === undefined ? {} : { accountId }),
    effectiveAt,
    recordedAt,
    position: String(position),
    data: tell(fact.data as never) as PublicEvent['data'],
  };
};

/** The envelope with what one type of event tells, as JSON Schema. It is open: fields may be added to a version. */
export const publicEventShape = ({ type, version, shape, means }: PublicEventKind): TObject =>
  Type.Object(
    {
      id: Type.String({
        format: 'uuid',
        description: 'Of the event, for ever: the same event has the same id by every transport',
      }),
      type: Type.Literal(type),
      version: Type.Literal(version),
      tenantId: IdText('tnt'),
      accountId: Type.Optional(IdText('acc')),
      effectiveAt: Type.String({ description: 'When it counts in business: an instant or a local date' }),
      recordedAt: { ...InstantText, description: 'When the log learned it' },
      position: Type.String({ pattern: '^\\d{1,20}$', description: 'Its place in the log of this installation' }),
      data: shape,
    },
    { description: means },
  );

/** What the documents show. */
export const publicEventExample = ({ type, version, example }: PublicEventKind): PublicEvent => ({
  id: '0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10',
  type,
  version,
  tenantId: exampleId('tnt'),
  accountId: exampleId('acc'),
  effectiveAt: '2026-02-01T00:00:00Z',
  recordedAt: '2026-02-01T00:00:03.120Z',
  position: '4711',
  data: example as PublicEvent['data'],
});
