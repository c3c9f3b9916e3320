import type { Refusals } from '#kernel';

export const TENANT_REFUSALS: Refusals = {
  api_key_not_found: 'There is no api key “key_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  api_key_not_live: 'This key is revoked or expired: issue another one.',
  api_key_replaced: 'This key has a successor already: key_01j9zq6e4hf0fvwpn5t5jzq3cd.',
  expiry_in_past: 'The key would have expired at 2026-01-31T00:00:00Z.',
  grace_hours_required: 'A grace period has at least one hour.',
  invalid_invoice_prefix:
    'Numbers of invoices begin with letters, digits, “-”, “_”, “/”, “.”, {year} and {month}, and the sequence stands apart from digits before it.',
  own_tenant: 'Nobody suspends the tenant of their own credentials: they would lock themselves out.',
  tenant_not_found: 'There is no tenant “tnt_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  test_tenant_required: 'Only a test tenant goes by a clock of its own.',
  too_many_api_keys: 'A tenant has at most 1000 keys that open something: revoke some.',
};
