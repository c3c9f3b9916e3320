/** Patterns: what a regular expression consists of. */

/** Whether a character, one UTF-16 unit as in .NET, is among those that are meant. */
export type Characters = (character: string) => boolean;

export type Node =
  | { readonly kind: 'one'; readonly of: Characters }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' | 'very_end' | 'word_edge' | 'no_word_edge' }
  /** What follows must, or must not, match; without moving on. */
  | { readonly kind: 'look'; readonly body: Node; readonly negative: boolean };

export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}
