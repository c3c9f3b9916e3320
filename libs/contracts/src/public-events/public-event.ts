import type { Static, TObject } from 'typebox';
import type { STORED_EVENTS, StoredEventType } from '../stored-events.js';

/** A fact as the log has it: amounts are texts in minor units. */
export type StoredFact<Type extends StoredEventType> = Static<(typeof STORED_EVENTS)[Type]['shape']>;

/** How one type of stored event is told to the outside. */
export interface ToldEvent<
  From extends StoredEventType = never,
  Name extends string = string,
  Shape extends TObject = TObject,
> {
  readonly type: Name;
  /** Raised when what is told changes so that a reader of the old shape would misread it. New fields may come at any time. */
  readonly version: number;
  readonly description: string;
  readonly shape: Shape;
  readonly example: Static<Shape>;
  readonly tell: (fact: StoredFact<From>) => Static<Shape>;
}

/** A stored event that stays inside, and why. */
export interface WithheldEvent {
  readonly withheld: string;
}

/** `from` is for the compiler: it says what `tell` is given. */
export const told = <From extends StoredEventType, Name extends string, Shape extends TObject>(
  _from: From,
  type: Name,
  description: string,
  shape: Shape,
  example: Static<Shape>,
  tell: (fact: StoredFact<From>) => Static<Shape>,
): ToldEvent<From, Name, Shape> => ({ type, version: 1, description, shape, example, tell });

export const withheld = (why: string): WithheldEvent => ({ withheld: why });
