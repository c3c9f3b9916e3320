import type { TSchema } from 'typebox';

/** How one type of event is stored. A changed shape is a new version, and the old one gets an upcaster. */
export interface StoredEvent<Shape extends TSchema = TSchema> {
  readonly version: number;
  readonly shape: Shape;
  /** The field that says when the fact counts in business; recorded time where there is none. */
  readonly effective?: string;
  readonly description: string;
}

export const storedEvent = <Shape extends TSchema>(
  description: string,
  shape: Shape,
  effective?: string,
): StoredEvent<Shape> => ({ version: 1, shape, description, ...(effective === undefined ? {} : { effective }) });
