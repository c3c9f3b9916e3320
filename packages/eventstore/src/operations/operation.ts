/** Operations: what they have in common. */

/** A line for whoever runs the operation. */
export type Say = (line: string) => void;

/** What was asked for cannot be done as things are; the message says why. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}
