import type { TObject } from 'typebox';
import type { FactKind, Told } from './fact.js';
import { FACTS, type FactType } from './facts.js';

/** The name of a public event: `invoice.finalized`. */
export type PublicEventType = {
  [Type in FactType]: (typeof FACTS)[Type] extends FactKind<TObject, infer Name> ? Name : never;
}[FactType];

/** What is known of a public event whatever it tells. */
export interface PublicEventKind extends Omit<Told, 'tell' | 'type'> {
  readonly type: PublicEventType;
  /** The fact behind it. */
  readonly from: FactType;
}

/** Every public event by its name, in the order in which a newcomer meets them. */
export const PUBLIC_EVENTS: ReadonlyMap<PublicEventType, PublicEventKind> = new Map(
  (Object.entries(FACTS) as [FactType, FactKind][]).flatMap(([from, { told }]) =>
    'withheld' in told ? [] : [[told.type, { ...told, from }] as [PublicEventType, PublicEventKind]],
  ),
);

export const isPublicEventType = (type: string): type is PublicEventType => PUBLIC_EVENTS.has(type as PublicEventType);
