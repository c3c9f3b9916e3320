import { METER, PLAN, usd } from './samples.js';

/** A request that cannot be meant, and what is said of it. */
export interface BadRequest {
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly code: string;
  /** JSON pointer to what is wrong, and the code of that one thing; absent where it is the path. */
  readonly at?: string;
  readonly wrong?: string;
  readonly method?: string;
}

const invalid = (path: string, body: unknown, at: string, wrong: string, method?: string): BadRequest => ({
  path,
  body,
  status: 400,
  code: 'invalid_request',
  at,
  wrong,
  ...(method === undefined ? {} : { method }),
});

const refused = (path: string, body: unknown, at: string, code: string, status = 422): BadRequest => ({
  path,
  body,
  status,
  code,
  at,
  wrong: code,
});

const missing = (path: string, code: string, body: unknown = {}): BadRequest => ({ path, body, status: 404, code });

/** Texts that are no plain decimals. */
const NOT_DECIMALS = [
  '',
  ' 1',
  '1e3',
  'NaN',
  'Infinity',
  '+1',
  '--1',
  '1,5',
  '.5',
  '5.',
  '01',
  '0x1',
  '१',
  '9'.repeat(39),
];
const NO_MOMENTS = [
  '',
  'yesterday',
  '2025-01-01',
  '2026-02-30T00:00:00Z',
  '2025-01-01T24:00:00Z',
  '2025-01-01T00:00:00',
  '0000-01-01T00:00:00Z',
  20250101,
];
/** Every period between them and now would have to be looked at. */
const OUT_OF_REACH = ['0001-01-01T00:00:00Z', '1999-12-31T00:00:00Z', '3025-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
const NO_DAYS = ['', '2026-02-30', '2025-13-01', '2025-1-1', '2025-01-01T00:00:00Z', '0000-01-01', 20250101];

const account = (fields: object, at: string, wrong: string) =>
  invalid('accounts', { name: 'Ada', currency: 'USD', ...fields }, at, wrong);

const ACCOUNTS: BadRequest[] = [
  invalid('accounts', {}, '/name', 'required'),
  invalid('accounts', { name: 'Ada' }, '/currency', 'required'),
  account({ name: '' }, '/name', 'invalid_length'),
  account({ name: 'x'.repeat(257) }, '/name', 'invalid_length'),
  ...[1, null, true, {}, ['Ada']].map((name) => account({ name }, '/name', 'invalid_string')),
  ...['usd', 'US', 'XYZ', 'XXX', 'XTS', 'DOLLARS', 840, null].map((currency) =>
    account({ currency }, '/currency', 'unknown_currency'),
  ),
  ...['Mars/Olympus', '+02:00', '', 1].map((timeZone) => account({ timeZone }, '/timeZone', 'unknown_time_zone')),
  ...['30', 1.5, {}, true].map((netTermsDays) => account({ netTermsDays }, '/netTermsDays', 'invalid_int')),
  account({ netTermsDays: -1 }, '/netTermsDays', 'min'),
  account({ netTermsDays: 366 }, '/netTermsDays', 'max'),
  account({ taxExempt: 'yes' }, '/taxExempt', 'invalid_boolean'),
  ...['externalId', 'taxId', 'parentAccountId'].map((field) =>
    account({ [field]: null }, `/${field}`, 'invalid_string'),
  ),
  account({ metadata: null }, '/metadata', 'invalid_metadata'),
  account({ billingAddress: null }, '/billingAddress', 'invalid_object'),
  account({ email: 'nobody' }, '/email', 'invalid_email'),
  account({ billingAddress: [] }, '/billingAddress', 'invalid_object'),
  account({ billingAddress: 'here' }, '/billingAddress', 'invalid_object'),
  account({ billingAddress: { country: 'GBR' } }, '/billingAddress/country', 'invalid_length'),
  account({ billingAddress: { planet: 'Mars' } }, '/billingAddress/planet', 'unknown_field'),
  account({ taxIds: [{ type: 'vat', value: '1' }] }, '/taxIds/0/type', 'invalid_in'),
  account({ taxIds: [{ type: 'other', value: ' ' }] }, '/taxIds/0/value', 'matches'),
  account({ taxIds: 'GB1' }, '/taxIds', 'invalid_array'),
  account({ contacts: [{ email: 'ada@example.com' }] }, '/contacts/0/name', 'required'),
  account({ contacts: Array(21).fill({ name: 'Ada' }) }, '/contacts', 'array_max_size'),
  account({ purchaseOrder: '' }, '/purchaseOrder', 'invalid_length'),
  account({ language: 'de_DE' }, '/language', 'unknown_language'),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', taxIds: [{ type: 'eu_vat', value: 'DE1' }] },
    '/taxIds/0/value',
    'invalid_tax_id',
  ),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', taxId: 'X1', taxIds: [{ type: 'other', value: 'X2' }] },
    '/taxId',
    'tax_ids_disagree',
  ),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', legalEntityId: 'ent_x' },
    '/legalEntityId',
    'legal_entity_not_found',
    404,
  ),
  invalid('legal-entities', { invoiceNumbers: { prefix: 'A-' } }, '/name', 'required'),
  invalid('legal-entities', { name: 'Acme' }, '/invoiceNumbers', 'required'),
  invalid('legal-entities', { name: 'Acme', invoiceNumbers: {} }, '/invoiceNumbers/prefix', 'required'),
  refused(
    'legal-entities',
    { name: 'Acme', invoiceNumbers: { prefix: '1' } },
    '/invoiceNumbers/prefix',
    'invalid_invoice_prefix',
  ),
  ...[{ a: 1 }, ['a'], 'a', { a: null }, { a: {} }].map((metadata) =>
    account({ metadata }, '/metadata', 'invalid_metadata'),
  ),
  account({ externalId: '' }, '/externalId', 'invalid_length'),
  account({ colour: 'red' }, '/colour', 'unknown_field'),
  account({ 'a/b~c': 1 }, '/a~1b~0c', 'unknown_field'),
  account({ constructor: 'Object' }, '/constructor', 'reserved_name'),
  account({ toString: 'x' }, '/toString', 'reserved_name'),
  account({ then: 1 }, '/then', 'unknown_field'),
  account({ metadata: { a: 'b', constructor: 'x' } }, '/metadata/constructor', 'reserved_name'),
  account({ billingAddress: { valueOf: 'x' } }, '/billingAddress/valueOf', 'reserved_name'),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', parentAccountId: 'acc_x' },
    '/parentAccountId',
    'account_not_found',
    404,
  ),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', parentAccountId: 'external:nobody' },
    '/parentAccountId',
    'account_not_found',
    404,
  ),
  refused(
    'accounts',
    { name: 'Ada', currency: 'USD', externalId: 'ada' },
    '/externalId',
    'account_already_exists',
    409,
  ),
  invalid('accounts/external:ada', { name: '' }, '/name', 'invalid_length', 'PATCH'),
  invalid('accounts/external:ada', { externalId: '' }, '/externalId', 'invalid_length', 'PATCH'),
  invalid('accounts/external:ada', { externalId: 5 }, '/externalId', 'invalid_string', 'PATCH'),
  invalid('accounts/external:ada', { name: null }, '/name', 'invalid_string', 'PATCH'),
  invalid('accounts/external:ada', { currency: 'EUR' }, '/currency', 'unknown_field', 'PATCH'),
  invalid('accounts/external:ada/close', { reason: 1 }, '/reason', 'invalid_string'),
];

const meter = (fields: object, at: string, wrong: string) =>
  invalid('meters', { ...METER, key: 'new', ...fields }, at, wrong);
const meterRefused = (fields: object, at: string, code: string, status = 422) =>
  refused('meters', { ...METER, key: 'new', ...fields }, at, code, status);
const filter = (operator: string, value: unknown) => ({ filters: [{ property: 'region', operator, value }] });

const METERS: BadRequest[] = [
  ...['', ' ', 'a b', 'a/b', '.a', 'ä', 'x'.repeat(129), 7, null].map((key) => meter({ key }, '/key', 'invalid_key')),
  meter({ aggregation: 'median' }, '/aggregation', 'invalid_in'),
  meter({ eventName: 'x'.repeat(129) }, '/eventName', 'invalid_length'),
  meter({ filters: {} }, '/filters', 'invalid_array'),
  meter({ filters: ['region'] }, '/filters', 'invalid_object'),
  meter({ filters: [{ property: 'region', operator: 'like', value: 'x' }] }, '/filters/0/operator', 'invalid_in'),
  meter(filter('eq', 5), '/filters/0/value', 'invalid_filter'),
  meter(filter('eq', { a: 1 }), '/filters/0/value', 'invalid_filter'),
  meter(filter('in', [1]), '/filters/0/value', 'invalid_filter'),
  meter({ groupBy: [1] }, '/groupBy', 'invalid_string'),
  meter({ bucket: 'fortnight' }, '/bucket', 'invalid_in'),
  meter({ rounding: { mode: 'up', digits: 13 } }, '/rounding/digits', 'max'),
  meter({ rounding: { mode: 'sideways', digits: 0 } }, '/rounding/mode', 'invalid_in'),
  meterRefused({ valueProperty: undefined }, '/valueProperty', 'value_property_required'),
  meterRefused({ bucket: 'hour' }, '/bucket', 'bucket_not_allowed'),
  meterRefused({ aggregation: 'max', recurring: true, bucket: 'hour' }, '/bucket', 'bucket_not_allowed'),
  meterRefused(filter('gt', 'abc'), '/filters/0/value', 'invalid_filter'),
  meterRefused(filter('lte', '1e3'), '/filters/0/value', 'invalid_filter'),
  meterRefused(filter('in', []), '/filters/0/value', 'invalid_filter'),
  meterRefused(filter('in', 'eu'), '/filters/0/value', 'invalid_filter'),
  meterRefused(filter('exists', 'yes'), '/filters/0/value', 'invalid_filter'),
  meterRefused(filter('eq', true), '/filters/0/value', 'invalid_filter'),
  refused('meters', METER, '/key', 'meter_already_exists', 409),
  missing('meters/unknown/archive', 'meter_not_found'),
  invalid('meters/tokens/archive', { force: true }, '/force', 'unknown_field'),
];

const [fee, tokens] = PLAN.charges as [object, object];
const plan = (fields: object, at: string, wrong: string) =>
  invalid('plans', { ...PLAN, key: 'new', ...fields }, at, wrong);
const planRefused = (fields: object, at: string, code: string) =>
  refused('plans', { ...PLAN, key: 'new', ...fields }, at, code);
const priced = (price: unknown) => ({ charges: [{ ...fee, price }] });
const tiered = (...tiers: unknown[]) => priced({ model: 'graduated', tiers });

const metered = (price: unknown) => ({ charges: [{ ...tokens, price }] });
const matrix = (...cells: unknown[]) => metered({ model: 'matrix', dimensions: ['region'], cells });
const committed = (overage: unknown) => metered({ model: 'committed', committedUnits: '1', amount: '1', overage });

const PRICES: BadRequest[] = [
  plan(metered({ model: 'percentage' }), '/charges/0/price/rate', 'required'),
  plan(metered({ model: 'percentage', rate: 2.9 }), '/charges/0/price/rate', 'invalid_decimal'),
  plan(
    metered({ model: 'graduated_percentage', tiers: [{ upTo: null }] }),
    '/charges/0/price/tiers/0/rate',
    'required',
  ),
  plan(committed(null), '/charges/0/price/overage', 'invalid_object'),
  plan(committed({ model: 'matrix' }), '/charges/0/price/overage/model', 'invalid_in'),
  plan(matrix(), '/charges/0/price/cells', 'array_min_size'),
  plan(matrix({ match: { region: 1 }, unitAmount: '1' }), '/charges/0/price/cells/0/match', 'invalid_text_record'),
  plan(
    metered({ model: 'flat', amount: '1', conversion: { divideBy: '0' } }),
    '/charges/0/price/conversion/divideBy',
    'invalid_decimal',
  ),
  planRefused(metered({ model: 'percentage', rate: '-1' }), '/charges/0/price/rate', 'negative'),
  planRefused(committed({ model: 'flat', amount: '-1' }), '/charges/0/price/overage/amount', 'negative'),
  planRefused(matrix({ match: { model: 'x' }, unitAmount: '1' }), '/charges/0/price/cells/0/match', 'invalid_matrix'),
  planRefused(
    priced({ model: 'matrix', dimensions: ['a'], cells: [{ match: {}, unitAmount: '1' }] }),
    '/charges/0/price/model',
    'usage_price',
  ),
];

const PLANS: BadRequest[] = [
  plan({ zeroInvoices: 'never' }, '/zeroInvoices', 'invalid_in'),
  plan({ interval: { unit: 'decade', count: 1 } }, '/interval/unit', 'invalid_in'),
  plan({ interval: { unit: 'day', count: 0 } }, '/interval/count', 'min'),
  plan({ interval: { unit: 'day', count: 1001 } }, '/interval/count', 'max'),
  plan({ interval: 'month' }, '/interval', 'invalid_object'),
  plan({ currency: 'XYZ' }, '/currency', 'unknown_currency'),
  plan({ charges: {} }, '/charges', 'invalid_array'),
  plan({ charges: [[]] }, '/charges', 'invalid_object'),
  plan({ charges: [{ ...fee, kind: 'gift' }] }, '/charges/0/kind', 'invalid_in'),
  plan({ charges: [{ ...fee, colour: 'red' }] }, '/charges/0/colour', 'unknown_field'),
  plan(priced(undefined), '/charges/0/price', 'required'),
  ...[[], [null], null, 5, 'flat'].map((price) => plan(priced(price), '/charges/0/price', 'invalid_object')),
  plan(priced({ model: [null] }), '/charges/0/price/model', 'invalid_in'),
  plan(tiered(null), '/charges/0/price/tiers', 'invalid_object'),
  plan(priced({ model: 'free' }), '/charges/0/price/model', 'invalid_in'),
  plan(priced({ model: 'flat' }), '/charges/0/price/amount', 'required'),
  plan(priced({ model: 'flat', amount: 20 }), '/charges/0/price/amount', 'invalid_decimal'),
  ...NOT_DECIMALS.map((amount) =>
    plan(priced({ model: 'flat', amount }), '/charges/0/price/amount', 'invalid_decimal'),
  ),
  plan(priced({ model: 'per_unit', unitAmount: '1', amount: '1' }), '/charges/0/price/amount', 'unknown_field'),
  plan(tiered(), '/charges/0/price/tiers', 'array_min_size'),
  plan(tiered({ upTo: '0', unitAmount: '1' }), '/charges/0/price/tiers/0/upTo', 'invalid_decimal'),
  plan(tiered({ upTo: 5, unitAmount: '1' }), '/charges/0/price/tiers/0/upTo', 'invalid_decimal'),
  plan(tiered({ unitAmount: '1' }), '/charges/0/price/tiers/0/upTo', 'required'),
  plan(priced({ model: 'package', amount: '1', size: '0' }), '/charges/0/price/size', 'invalid_decimal'),
  planRefused(priced({ model: 'flat', amount: '-20' }), '/charges/0/price/amount', 'negative'),
  planRefused(priced({ model: 'per_unit', unitAmount: '-0.01' }), '/charges/0/price/unitAmount', 'negative'),
  planRefused(
    priced({ model: 'flat', amount: '1', minimum: '9', maximum: '8' }),
    '/charges/0/price/maximum',
    'maximum_below_minimum',
  ),
  planRefused(tiered({ upTo: '10', unitAmount: '1' }), '/charges/0/price/tiers/0/upTo', 'invalid_tiers'),
  planRefused(
    tiered({ upTo: '10', unitAmount: '1' }, { upTo: '5', unitAmount: '1' }, { upTo: null, unitAmount: '1' }),
    '/charges/0/price/tiers/1/upTo',
    'invalid_tiers',
  ),
  ...PRICES,
  planRefused({ charges: [fee, { ...tokens, meter: 'unknown' }] }, '/charges/1/meter', 'meter_not_found'),
  planRefused({ charges: [{ ...tokens, meter: undefined }] }, '/charges/0/meter', 'meter_required'),
  planRefused({ charges: [{ ...fee, meter: 'tokens' }] }, '/charges/0/meter', 'meter_not_allowed'),
  planRefused({ charges: [{ ...tokens, timing: 'in_advance' }] }, '/charges/0/timing', 'usage_in_advance'),
  planRefused({ charges: [fee, fee] }, '/charges/1/key', 'duplicate_charge_key'),
  refused('plans', PLAN, '/key', 'plan_already_exists', 409),
  refused('plans/pro/versions', { ...PLAN, key: undefined, currency: 'EUR' }, '/currency', 'plan_currency_changed'),
  invalid('plans/pro/versions', PLAN, '/key', 'unknown_field'),
  missing('plans/unknown/versions', 'plan_not_found', { ...PLAN, key: undefined }),
  missing('plans/unknown/archive', 'plan_not_found'),
];

const subscription = (fields: object, at: string, wrong: string) =>
  invalid('subscriptions', { accountId: 'external:ada', plan: 'pro', ...fields }, at, wrong);
const subscriptionRefused = (fields: object, at: string, code: string, status = 422) =>
  refused('subscriptions', { accountId: 'external:ada', plan: 'pro', ...fields }, at, code, status);

const change = (fields: object, at: string, wrong: string) =>
  invalid('subscriptions/external:ada-pro/changes', { at: 'now', ...fields }, at, wrong);

const changeRefused = (overrides: object, at: string, code: string) =>
  refused('subscriptions/external:ada-pro/changes', { at: 'now', overrides }, at, code, 422);

const NULL_CODES: Readonly<Record<string, string>> = {
  externalId: 'invalid_string',
  startAt: 'invalid_instant',
  anchor: 'invalid_object',
  activation: 'invalid_in',
  quantities: 'invalid_text_record',
  overrides: 'invalid_object',
  planVersion: 'invalid_int',
};

const SUBSCRIPTIONS: BadRequest[] = [
  subscription({ accountId: undefined }, '/accountId', 'required'),
  subscription({ plan: 5 }, '/plan', 'invalid_string'),
  ...NO_MOMENTS.map((startAt) => subscription({ startAt }, '/startAt', 'invalid_instant')),
  ...OUT_OF_REACH.map((startAt) => subscription({ startAt }, '/startAt', 'instant_out_of_reach')),
  subscription({ anchor: { day: 0 } }, '/anchor/day', 'min'),
  subscription({ anchor: { day: 32 } }, '/anchor/day', 'max'),
  subscription({ anchor: { align: 'lunar' } }, '/anchor/align', 'invalid_in'),
  subscription({ anchor: [] }, '/anchor', 'invalid_object'),
  subscription({ quantities: { fee: 5 } }, '/quantities', 'invalid_text_record'),
  ...['externalId', 'startAt', 'anchor', 'activation', 'quantities', 'overrides', 'planVersion'].map((field) =>
    subscription({ [field]: null }, `/${field}`, NULL_CODES[field]!),
  ),
  ...[[], 5, 'fee', { fee: 5 }, { fee: null }, { fee: [] }].map((overrides) =>
    subscription({ overrides }, '/overrides', 'invalid_object'),
  ),
  subscription({ overrides: { fee: { colour: 'red' } } }, '/overrides/fee/colour', 'unknown_field'),
  subscription({ overrides: { fee: { price: { model: 'free' } } } }, '/overrides/fee/price/model', 'invalid_in'),
  subscription({ overrides: { 'a/b': { tiers: [{ tier: 0 }] } } }, '/overrides/a~1b/tiers/0/tier', 'min'),
  subscription({ overrides: { fee: { discountBasisPoints: 10_001 } } }, '/overrides/fee/discountBasisPoints', 'max'),
  subscription({ planVersion: 0 }, '/planVersion', 'min'),
  subscription({ planVersion: '1' }, '/planVersion', 'invalid_int'),
  subscription({ activation: 'never' }, '/activation', 'invalid_in'),
  ...['acc_x', 'acc_00000000000000000000000000', 'external:nobody', 'sub_00000000000000000000000000', 'ada'].map(
    (accountId) => subscriptionRefused({ accountId }, '/accountId', 'account_not_found', 404),
  ),
  subscriptionRefused({ plan: 'unknown' }, '/plan', 'plan_not_found', 404),
  subscriptionRefused({ plan: '__proto__' }, '/plan', 'plan_not_found', 404),
  subscriptionRefused({ plan: 'constructor' }, '/plan', 'plan_not_found', 404),
  subscriptionRefused({ planVersion: 2 }, '/planVersion', 'plan_not_found', 404),
  subscriptionRefused({ planVersion: 1e21 }, '/planVersion', 'plan_not_found', 404),
  subscriptionRefused({ plan: 'euro' }, '/plan', 'currency_mismatch'),
  subscriptionRefused({ plan: 'old' }, '/plan', 'plan_archived'),
  ...['-1', 'abc', '1e3', ''].map((fee) =>
    subscriptionRefused({ quantities: { fee } }, '/quantities/fee', 'invalid_decimal'),
  ),
  subscriptionRefused({ quantities: { 'a/b': '1' } }, '/quantities/a~1b', 'charge_not_found'),
  subscriptionRefused({ quantities: { tokens: '1' } }, '/quantities/tokens', 'charge_not_found'),
  subscriptionRefused({ overrides: { seats: {} } }, '/overrides/seats', 'charge_not_found'),
  subscriptionRefused(
    { overrides: { fee: { tiers: [{ tier: 1 }] } } },
    '/overrides/fee/tiers/0/tier',
    'tier_not_found',
  ),
  subscriptionRefused({ externalId: 'ada-pro' }, '/externalId', 'subscription_already_exists', 409),
  ...[5, 'gold', { tier: 1 }, ['gold']].map((metadata) => subscription({ metadata }, '/metadata', 'invalid_metadata')),
  invalid('subscriptions/external:ada-pro', { metadata: { tier: 1 } }, '/metadata', 'invalid_metadata', 'PATCH'),
  invalid('subscriptions/external:ada-pro', { plan: 'pro' }, '/plan', 'unknown_field', 'PATCH'),
  ...[[], 5, 'fee', null, { fee: 5 }, { fee: [] }].map((overrides) =>
    change({ overrides }, '/overrides', 'invalid_object'),
  ),
  change({ overrides: { fee: { colour: 'red' } } }, '/overrides/fee/colour', 'unknown_field'),
  change({ overrides: { fee: { price: { model: 'free' } } } }, '/overrides/fee/price/model', 'invalid_in'),
  change({ overrides: { 'a/b': { tiers: [{ tier: 0 }] } } }, '/overrides/a~1b/tiers/0/tier', 'min'),
  change({ overrides: { fee: { discountBasisPoints: 10_001 } } }, '/overrides/fee/discountBasisPoints', 'max'),
  changeRefused({ seats: {} }, '/overrides/seats', 'charge_not_found'),
  changeRefused({ 'a/b': null }, '/overrides/a~1b', 'charge_not_found'),
  changeRefused({ fee: { tiers: [{ tier: 1 }] } }, '/overrides/fee/tiers/0/tier', 'tier_not_found'),
  changeRefused({ tokens: { minimum: '5', maximum: '4' } }, '/overrides/tokens/maximum', 'maximum_below_minimum'),
  {
    path: 'subscriptions/external:ada-pro/changes',
    body: { at: 'now', overrides: { fee: null } },
    status: 422,
    code: 'nothing_changes',
  },
  invalid('subscriptions/external:ada-pro/cancel', {}, '/at', 'required'),
  ...['tomorrow', '', '2026-02-30T00:00:00Z', 5].map((at) =>
    invalid('subscriptions/external:ada-pro/cancel', { at }, '/at', 'invalid_change_time'),
  ),
  ...OUT_OF_REACH.flatMap((at) =>
    ['cancel', 'activate'].map((action) =>
      invalid(`subscriptions/external:ada-pro/${action}`, { at }, '/at', 'instant_out_of_reach'),
    ),
  ),
  invalid('subscriptions/external:ada-pro/cancel', { at: 'now', credit: 'all' }, '/credit', 'invalid_in'),
  refused(
    'subscriptions/external:ada-pro/cancel',
    { at: 'now', credit: 'full', creditAmount: { amount: '1.00', currency: 'USD' } },
    '/creditAmount',
    'credit_named_twice',
  ),
  refused(
    'subscriptions/external:ada-pro/cancel',
    { at: 'now', creditAmount: { amount: '1.001', currency: 'USD' } },
    '/creditAmount/amount',
    'invalid_amount',
  ),
  refused('subscriptions/external:ada-pro/cancel', { at: '2024-12-31T00:00:00Z' }, '/at', 'end_before_start'),
  invalid('subscriptions/external:ada-pro/activate', { at: 'soon' }, '/at', 'invalid_instant'),
  missing('subscriptions/external:nobody/activate', 'subscription_not_found'),
  missing('subscriptions/sub_00000000000000000000000000/cancel', 'subscription_not_found', { at: 'now' }),
];

const CORRECTIONS: BadRequest[] = [
  invalid('usage/req-1/amend', { reason: 'x' }, '/properties', 'required'),
  invalid('usage/req-1/amend', { properties: [], reason: 'x' }, '/properties', 'invalid_properties'),
  invalid('usage/req-1/amend', { properties: { a: {} }, reason: 'x' }, '/properties', 'invalid_properties'),
  invalid('usage/req-1/amend', { properties: {}, reason: '' }, '/reason', 'invalid_length'),
  invalid('usage/req-1/retract', {}, '/reason', 'required'),
  missing('usage/nobody/retract', 'reading_not_found', { reason: 'x' }),
  missing('usage/req-1/amend?accountId=external:nobody', 'reading_not_found', { properties: {}, reason: 'x' }),
];

const TEST_CLOCKS: BadRequest[] = [
  invalid('test-clocks', {}, '/startAt', 'required'),
  invalid('test-clocks', { startAt: '2026-02-30T00:00:00Z' }, '/startAt', 'invalid_instant'),
  invalid('test-clocks', { startAt: '1999-12-31T23:59:59Z' }, '/startAt', 'instant_out_of_reach'),
  invalid('test-clocks', { startAt: '2026-01-01T00:00:00Z', name: '' }, '/name', 'invalid_length'),
  missing('test-clocks/noon/advance', 'test_clock_not_found', { to: '2026-01-01T00:00:00Z' }),
];

const BILLING: BadRequest[] = [
  invalid('billing-runs', {}, '/billThrough', 'required'),
  ...NO_MOMENTS.map((billThrough) => invalid('billing-runs', { billThrough }, '/billThrough', 'invalid_instant')),
  ...OUT_OF_REACH.map((billThrough) =>
    invalid('billing-runs', { billThrough }, '/billThrough', 'instant_out_of_reach'),
  ),
  invalid('billing-runs', { billThrough: '2025-02-01T00:00:00Z', accounts: [] }, '/accounts', 'array_min_size'),
  invalid('billing-runs', { billThrough: '2025-02-01T00:00:00Z', accounts: null }, '/accounts', 'invalid_array'),
  invalid('audit/verifications', { accountId: null }, '/accountId', 'invalid_string'),
  invalid('billing-runs', { billThrough: '2025-02-01T00:00:00Z', accounts: 'all' }, '/accounts', 'invalid_array'),
  invalid('billing-runs', { billThrough: '2025-02-01T00:00:00Z', accounts: [1] }, '/accounts', 'invalid_string'),
  invalid(
    'billing-runs',
    { billThrough: '2025-02-01T00:00:00Z', accounts: Array.from({ length: 1001 }, () => 'external:ada') },
    '/accounts',
    'array_max_size',
  ),
  invalid('billing-runs', { billThrough: '2025-02-01T00:00:00Z', dryRun: 'yes' }, '/dryRun', 'invalid_boolean'),
  refused(
    'billing-runs',
    { billThrough: '2025-02-01T00:00:00Z', accounts: ['external:ada', 'external:nobody'] },
    '/accounts/1',
    'account_not_found',
    404,
  ),
  ...['void', 'finalize', 'mark-uncollectible', 'payments'].flatMap((action) =>
    ['inv_00000000000000000000000000', 'inv_x', 'acc_00000000000000000000000000'].map((id) =>
      missing(`invoices/${id}/${action}`, 'invoice_not_found', action === 'payments' ? { amount: usd('1.00') } : {}),
    ),
  ),
  missing('payments/pay_00000000000000000000000000/reverse', 'payment_not_found'),
  missing('payments/pay_00000000000000000000000000/refunds', 'payment_not_found'),
  missing('accounts/external:nobody/payments', 'account_not_found', { amount: usd('1.00') }),
  missing('accounts/external:nobody/credit-refunds', 'account_not_found'),
  missing('accounts/external:nobody/wallets', 'account_not_found', { name: 'x' }),
  invalid('accounts/external:ada/wallets', {}, '/name', 'required'),
  invalid('accounts/external:ada/wallets', { name: 'x', priority: 1001 }, '/priority', 'max'),
  invalid('accounts/external:ada/wallets', { name: 'x', scope: { plans: [] } }, '/scope/plans', 'array_min_size'),
  invalid('accounts/external:ada/wallets', { name: 'x', scope: { kinds: ['usage'] } }, '/scope/kinds', 'unknown_field'),
  refused('accounts/external:ada/wallets', { name: 'x', currency: 'EUR' }, '/currency', 'wallet_in_other_currency'),
  ...['wal_00000000000000000000000000', 'wal_x'].flatMap((id) => [
    missing(`wallets/${id}/grants`, 'wallet_not_found', { kind: 'promotional', amount: usd('1.00') }),
    missing(`wallets/${id}/close`, 'wallet_not_found'),
    missing(`wallets/${id}/recurring-grant/end`, 'wallet_not_found'),
    missing(`wallets/${id}/recharge/end`, 'wallet_not_found'),
    missing(`wallets/${id}/grants/grt_00000000000000000000000000/void`, 'wallet_not_found'),
  ]),
  invalid('wallets/wal_x/grants', { kind: 'free', amount: usd('1.00') }, '/kind', 'invalid_in'),
  invalid('wallets/wal_x/grants', { kind: 'paid' }, '/amount', 'required'),
  invalid('wallets/wal_x/grants', { kind: 'paid', amount: usd('1.00'), usableOn: 'x' }, '/usableOn', 'invalid_in'),
  invalid('wallets/wal_x/close', { remainder: 'keep' }, '/remainder', 'invalid_in'),
  missing('accounts/external:nobody/credit-applications', 'account_not_found'),
  missing('invoices/inv_00000000000000000000000000/lines', 'invoice_not_found', {
    description: 'x',
    unitAmount: '1',
    reason: 'x',
  }),
  missing('invoices/{invoice}/lines/lin_x/change', 'invoice_line_not_found', { amount: usd('1.00'), reason: 'x' }),
  invalid('invoices/{invoice}/lines', { description: 'x', unitAmount: '1' }, '/reason', 'required'),
  invalid('invoices/{invoice}/lines/lin_x/change', { reason: 'x' }, '/amount', 'required'),
  missing('accounts/external:nobody/invoice-items', 'account_not_found', { description: 'x', unitAmount: '1' }),
  missing('accounts/external:ada/invoice-items/itm_x/remove', 'invoice_item_not_found'),
  missing('accounts/external:ada/invoice-items/itm_00000000000000000000000000/remove', 'invoice_item_not_found'),
  missing('invoices/inv_00000000000000000000000000/calculate-tax', 'invoice_not_found'),
  missing('accounts/external:nobody/tax-ids/check', 'account_not_found'),
  missing('accounts/external:nobody/tax-exemptions', 'account_not_found', { jurisdiction: 'DE', number: '1' }),
  missing('accounts/external:ada/tax-exemptions/txe_00000000000000000000000000/remove', 'tax_exemption_not_found'),
  invalid(
    'accounts/external:ada/tax-exemptions',
    { jurisdiction: 'XX-BY', number: '1' },
    '/jurisdiction',
    'unknown_country',
  ),
  invalid('accounts/external:ada/tax-exemptions', { jurisdiction: 'DE', number: ' ' }, '/number', 'matches'),
  refused(
    'accounts/external:ada/tax-exemptions',
    { jurisdiction: 'DE', number: '1', validFrom: '2026-01-02', validTo: '2026-01-01' },
    '/validTo',
    'invalid_tax_exemption',
  ),
  missing('audit/verifications', 'account_not_found', { accountId: 'external:nobody' }),
  missing('api-keys/key_00000000000000000000000000/revoke', 'api_key_not_found'),
  missing('api-keys/key_00000000000000000000000000/rotate', 'api_key_not_found'),
  invalid('api-keys', {}, '/name', 'required'),
];

const payment = (body: object, at: string, wrong: string) => invalid('invoices/{invoice}/payments', body, at, wrong);
const paymentRefused = (amount: object, at: string, code: string) =>
  refused('invoices/{invoice}/payments', { amount }, at, code);

const ITEMS = 'accounts/external:ada/invoice-items';
const item = (parts: object, at: string, wrong: string) => invalid(ITEMS, { description: 'x', ...parts }, at, wrong);
const itemRefused = (parts: object, at: string, code: string) =>
  refused(ITEMS, { description: 'x', ...parts }, at, code);

const PAYMENTS: BadRequest[] = [
  item({ unitAmount: '1', taxClass: 'a b' }, '/taxClass', 'matches'),
  payment({}, '/amount', 'required'),
  ...['20.00', 20, [], null].map((amount) => payment({ amount }, '/amount', 'invalid_object')),
  payment({ amount: { amount: 24.55, currency: 'USD' } }, '/amount/amount', 'invalid_decimal'),
  ...NOT_DECIMALS.map((amount) => payment({ amount: usd(amount) }, '/amount/amount', 'invalid_decimal')),
  payment({ amount: { amount: '1.00' } }, '/amount/currency', 'required'),
  payment({ amount: { amount: '1.00', currency: 'USD', minor: '100' } }, '/amount/minor', 'unknown_field'),
  ...NO_DAYS.map((receivedOn) => payment({ amount: usd('1.00'), receivedOn }, '/receivedOn', 'invalid_date')),
  payment({ amount: usd('1.00'), method: '' }, '/method', 'invalid_length'),
  refused(
    'invoices/{invoice}/payments',
    { amount: usd('1.00'), receivedOn: '2099-01-01' },
    '/receivedOn',
    'date_in_future',
  ),
  refused(
    'invoices/{invoice}/payments',
    { amount: usd('1.00'), receivedOn: '1999-01-01' },
    '/receivedOn',
    'date_too_long_ago',
  ),
  refused(
    'invoices/{invoice}/payments',
    { amount: usd('1.00'), method: 'customer_credit' },
    '/method',
    'method_reserved',
  ),
  invalid('accounts/external:ada/payments', { amount: usd('1.00'), allocate: 'newest' }, '/allocate', 'invalid_in'),
  invalid('accounts/external:ada/payments', { amount: usd('1.00'), allocations: [] }, '/allocations', 'array_min_size'),
  invalid(
    'accounts/external:ada/payments',
    { amount: usd('1.00'), allocations: [{}] },
    '/allocations/0/invoiceId',
    'required',
  ),
  refused(
    'accounts/external:ada/payments',
    { amount: usd('1.00'), allocations: [{ invoiceId: 'inv_00000000000000000000000000' }] },
    '/allocations/0/invoiceId',
    'invoice_not_found',
    404,
  ),
  refused('accounts/external:ada/credit-refunds', { amount: usd('1.001') }, '/amount/amount', 'invalid_amount'),
  invalid('accounts/external:ada/credit-refunds', { amount: '1.00' }, '/amount', 'invalid_object'),
  item({ description: undefined }, '/description', 'required'),
  ...['0', '-1', 'x', 1].map((quantity) => item({ quantity, unitAmount: '1' }, '/quantity', 'invalid_decimal')),
  ...NOT_DECIMALS.map((unitAmount) => item({ unitAmount }, '/unitAmount', 'invalid_decimal')),
  item({ unitAmount: '1', on: 'paper' }, '/on', 'invalid_in'),
  itemRefused({}, '/amount', 'invalid_item_price'),
  itemRefused({ unitAmount: '1', amount: usd('1.00') }, '/amount', 'invalid_item_price'),
  itemRefused({ quantity: '2', amount: usd('1.00') }, '/quantity', 'invalid_item_price'),
  itemRefused({ amount: usd('1.001') }, '/amount/amount', 'invalid_amount'),
  itemRefused({ amount: { amount: '1.00', currency: 'EUR' } }, '/amount/currency', 'currency_mismatch'),
  itemRefused({ quantity: `1${'0'.repeat(12)}`, unitAmount: `1${'0'.repeat(12)}` }, '/unitAmount', 'invalid_amount'),
  paymentRefused(usd('1.001'), '/amount/amount', 'invalid_amount'),
  paymentRefused(usd(`1${'0'.repeat(33)}`), '/amount/amount', 'invalid_amount'),
  paymentRefused(usd('0.00'), '/amount/amount', 'amount_not_positive'),
  paymentRefused(usd('-5.00'), '/amount/amount', 'amount_not_positive'),
  paymentRefused({ amount: '1.00', currency: 'EUR' }, '/amount/currency', 'currency_mismatch'),
];

const TRANSFER = { debit: 'cash', credit: 'wallet', amount: usd('1.00') };
const transfer = (body: object, at: string, wrong: string) =>
  invalid('accounts/external:ada/transfers', { ...TRANSFER, ...body }, at, wrong);

const TRANSFERS: BadRequest[] = [
  transfer({ debit: undefined }, '/debit', 'required'),
  transfer({ credit: 'savings' }, '/credit', 'invalid_in'),
  transfer({ amount: undefined }, '/amount', 'required'),
  transfer({ flags: ['post_pending'] }, '/flags', 'invalid_in'),
  transfer({ timeoutSeconds: -1 }, '/timeoutSeconds', 'min'),
  transfer({ linked: [{ ...TRANSFER, credit: 'savings' }] }, '/linked/0/credit', 'invalid_in'),
  refused(
    'accounts/external:ada/transfers',
    { ...TRANSFER, amount: usd(`1${'0'.repeat(33)}`) },
    '/amount/amount',
    'invalid_amount',
  ),
  missing('transfers/tfr_00000000000000000000000000/post', 'transfer_not_found'),
  missing('transfers/pay_00000000000000000000000000/void', 'transfer_not_found'),
];

const reading = (fields: object) => ({ id: 'r', event: 'llm_request', accountId: 'external:ada', ...fields });
/** Sent bare, an event is the whole request. In a batch, each is told what is wrong with it: `usage-rows.spec.ts`. */
const usage = (fields: object, at: string, wrong: string) => invalid('usage', reading(fields), at, wrong);

const USAGE: BadRequest[] = [
  invalid('usage', { events: [] }, '/events', 'invalid_min_items'),
  invalid(
    'usage',
    { events: Array.from({ length: 1001 }, (_, id) => reading({ id: String(id) })) },
    '/events',
    'too_many_events',
  ),
  invalid('usage', { events: {} }, '/events', 'invalid_type'),
  invalid('usage', { events: [reading({})], source: 'me' }, '/source', 'unknown_field'),
  usage({ id: undefined }, '/id', 'required'),
  usage({ id: '' }, '/id', 'invalid_min_length'),
  usage({ id: 'x'.repeat(256) }, '/id', 'invalid_max_length'),
  usage({ id: 5 }, '/id', 'invalid_type'),
  usage({ event: 'x'.repeat(129) }, '/event', 'invalid_max_length'),
  usage({ colour: 'red' }, '/colour', 'unknown_field'),
  usage({ 'a/b': 'red' }, '/a~1b', 'unknown_field'),
  usage({ at: '2026-02-30T00:00:00Z' }, '/at', 'invalid_instant'),
  usage({ at: 'now' }, '/at', 'invalid_instant'),
  usage({ properties: [] }, '/properties', 'invalid_type'),
  usage({ properties: { 'a/b': {} } }, '/properties/a~1b', 'invalid_type'),
  usage(
    { properties: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`p${n}`, 1])) },
    '/properties',
    'invalid_max_properties',
  ),
];

const settings = (body: object, at: string, wrong: string) => invalid('settings/billing', body, at, wrong, 'PUT');

const tenant = (body: object, at: string, wrong: string) => invalid('tenant', body, at, wrong, 'PATCH');

const SETTINGS: BadRequest[] = [
  settings({ billing: 'weekly' }, '/billing', 'invalid_in'),
  settings({ zeroInvoices: 'never' }, '/zeroInvoices', 'invalid_in'),
  settings({ graceHours: -1 }, '/graceHours', 'min'),
  settings({ graceHours: 721 }, '/graceHours', 'max'),
  settings({ graceHours: 1.5 }, '/graceHours', 'invalid_int'),
  settings({ usageWindow: { pastDays: 1 } }, '/usageWindow/futureHours', 'required'),
  settings({ usageWindow: [] }, '/usageWindow', 'invalid_object'),
  settings({ billing: 'manual', colour: 'red' }, '/colour', 'unknown_field'),
  tenant({ name: '' }, '/name', 'invalid_length'),
  tenant({ legalName: 5 }, '/legalName', 'invalid_string'),
  tenant({ timeZone: 'Mars/Olympus' }, '/timeZone', 'unknown_time_zone'),
  tenant({ netTermsDays: 366 }, '/netTermsDays', 'max'),
  tenant({ invoiceNumbers: [] }, '/invoiceNumbers', 'invalid_object'),
  tenant({ invoiceNumbers: { digits: 0 } }, '/invoiceNumbers/digits', 'min'),
  tenant({ invoiceNumbers: { digits: 13 } }, '/invoiceNumbers/digits', 'max'),
  tenant({ invoiceNumbers: { start: 7 } }, '/invoiceNumbers/start', 'unknown_field'),
  {
    ...refused('tenant', { invoiceNumbers: { prefix: 'A1' } }, '/invoiceNumbers/prefix', 'invalid_invoice_prefix'),
    method: 'PATCH',
  },
  { ...refused('settings/billing', { finalize: 'grace', graceHours: 0 }, '', 'grace_hours_required'), method: 'PUT' },
];

/** A percentage for ever, with what is wrong about it. */
const coupon = (fields: object) => ({ code: 'X', name: 'X', percent: '20', duration: 'forever', ...fields });
const COUPONS = [
  invalid('coupons', coupon({ code: 'no spaces' }), '/code', 'invalid_coupon_code'),
  invalid('coupons', coupon({ code: 'x'.repeat(65) }), '/code', 'invalid_coupon_code'),
  invalid('coupons', coupon({ percent: 20 }), '/percent', 'invalid_percentage'),
  invalid('coupons', coupon({ duration: 'sometimes' }), '/duration', 'invalid_in'),
  invalid('coupons', coupon({ amounts: [] }), '/amounts', 'array_min_size'),
  invalid('coupons', coupon({ maxRedemptions: 0 }), '/maxRedemptions', 'min'),
  invalid('coupons', coupon({ redeemBy: 'soon' }), '/redeemBy', 'invalid_instant'),
  invalid('coupons', coupon({ exclusive: false }), '/exclusive', 'equals'),
  refused('coupons', coupon({ percent: undefined }), '/percent', 'invalid_discount'),
  refused('coupons', coupon({ percent: '0' }), '/percent', 'invalid_discount'),
  refused('coupons', coupon({ percent: '100.01' }), '/percent', 'invalid_discount'),
  refused('coupons', coupon({ amounts: [usd('1.00')] }), '/percent', 'invalid_discount'),
  refused('coupons', coupon({ percent: undefined, amounts: [usd('-1.00')] }), '/amounts/0/amount', 'invalid_discount'),
  refused('coupons', coupon({ percent: undefined, amounts: [usd('1.001')] }), '/amounts/0/amount', 'invalid_amount'),
  refused(
    'coupons',
    coupon({ percent: undefined, amounts: [usd('1.00'), usd('2.00')] }),
    '/amounts/1/currency',
    'currency_repeated',
  ),
  refused('coupons', coupon({ duration: undefined }), '/duration', 'invalid_discount'),
  refused('coupons', coupon({ periods: 3 }), '/periods', 'invalid_discount'),
  refused('coupons', coupon({ duration: 'until' }), '/until', 'invalid_discount'),
  refused('coupons', coupon({ plans: ['none'] }), '/plans/0', 'plan_not_found', 404),
];

export const BAD_REQUESTS: Readonly<Record<string, readonly BadRequest[]>> = {
  ACCOUNTS,
  METERS,
  PLANS,
  COUPONS,
  SUBSCRIPTIONS,
  CORRECTIONS,
  TEST_CLOCKS,
  BILLING,
  PAYMENTS,
  TRANSFERS,
  USAGE,
  SETTINGS,
};
