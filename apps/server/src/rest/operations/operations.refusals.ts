import type { Refusals } from '#kernel';

export const OPERATIONS_REFUSALS: Refusals = {
  projection_not_found: 'There is no projection “invoices”.',
  verification_not_found: 'There is no verification “ver_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
