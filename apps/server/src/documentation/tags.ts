/** What belongs together, in the order in which a newcomer meets it. */
export const TAGS: Readonly<Record<string, string>> = {
  Catalog: 'What is counted and what it costs.',
  Accounts: 'The parties that owe, and their state at any moment.',
  'Test clocks':
    'Simulated clocks for test accounts and test tenants: advance time to see renewals, trials and due invoices.',
  Subscriptions: 'Who has which plan, and since when.',
  Usage: 'What was used, and what meters count of it.',
  Billing: 'Billing runs and invoices.',
  Money: 'Payments and books.',
  Reports: 'Read models over all accounts; all take `asOf`.',
  Events: 'What happened, published as it happens.',
  Audit: 'Who changed what and who read personal data; comparisons of what is served with what the log says.',
  Operations: 'Settings, keys, projections and health.',
};
