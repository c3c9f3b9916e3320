import type { Refusals } from '#kernel';

export const OPERATIONS_REFUSALS: Refusals = {
  mail_not_configured: 'No mail leaves this installation: SMTP_URL is not set.',
  projection_not_found: 'There is no projection “invoices”.',
  reactor_not_found: 'There is no reactor “send-mail”.',
  reactor_not_paused: 'The reactor is not paused.',
  verification_not_found: 'There is no verification “ver_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
