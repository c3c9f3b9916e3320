import type { RefusalKind, Violation } from '#kernel';

/** What one member asks of another. */
export interface Errand {
  readonly id: number;
  /** Which of its doings is asked for. */
  readonly kind: string;
  readonly body: unknown;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly kind: RefusalKind;
  readonly violations: readonly Violation[];
}

/** What came of it. What failed there says nothing of what was asked: it may go well elsewhere. */
export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: Refusal }
  | { readonly id: number; readonly failure: string };

/** Whoever was asked cannot be reached, fell silent, or failed. It may have done it all the same. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}
