import type { Refusals } from '#kernel';

export const CREDIT_REFUSALS: Refusals = {
  credit_note_too_large: 'Credit and refund are more than the credit note.',
};
