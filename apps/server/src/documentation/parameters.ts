import type { Operation } from './operations.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const header = (name: string, description: string, example: string, limits: object = {}): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', ...limits, example },
});

const text = { minLength: 1, maxLength: 255 };

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'Of your choice, once per command: the same key and body get the first answer again, for at least seven days.',
  '0198c6f0-6f0e-7a54-9d5e-3c1f6a3b2d10',
  text,
);
const IF_MATCH = header('If-Match', 'Carries the command out at this revision alone.', '"7"');
const REASON = header('X-Reason', 'Why: goes into the metadata of the events.', 'asked by mail', text);
const CONSISTENT_WITH = header(
  'Recount-Consistent-With',
  'The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position.',
  '4711',
  { pattern: '^\\d{1,18}$' },
);

/** Told once for all operations that take them. */
export const sharedHeaders = Object.fromEntries(
  [IDEMPOTENCY_KEY, IF_MATCH, REASON, CONSISTENT_WITH].map((parameter) => [parameter.name, parameter]),
);

/** Headers that an operation takes, as the code has it. */
export const headerParameters = ({ method, answer, waits }: Operation): { readonly $ref: string }[] => {
  const commands = answer?.shape === 'told';
  const taken = [
    ...(method === 'POST' || commands ? [IDEMPOTENCY_KEY] : []),
    ...(answer?.ifMatch ? [IF_MATCH] : []),
    ...(commands ? [REASON] : []),
    ...(waits ? [CONSISTENT_WITH] : []),
  ];
  return taken.map(({ name }) => ({ $ref: `#/components/parameters/${name}` }));
};

/** By the path up to the parameter. */
const PATH_PARAMETERS: Readonly<Record<string, readonly [description: string, example: string]>> = {
  '/v1/accounts/': ['`acc_…` or `external:<externalId>`', 'external:cust-42'],
  '/v1/accounts/{id}/invoice-items/': ['`itm_…`', 'itm_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/test-clocks/': ['`clk_…`', 'clk_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/subscriptions/': ['`sub_…` or `external:<externalId>`', 'external:sub-42'],
  '/v1/subscriptions/{id}/changes/': ['Id of the change.', '0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11'],
  '/v1/invoices/': ['`inv_…`', 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/invoices/{id}/lines/': ['`lin_…`', 'lin_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/payments/': ['`pay_…`', 'pay_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/refunds/': ['`rfd_…`', 'rfd_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/transfers/': ['`tfr_…` of a pending transfer', 'tfr_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/billing-runs/': ['`run_…`', 'run_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/audit/verifications/': ['`ver_…`', 'ver_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/api-keys/': ['`key_…`', 'key_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/tenants/': ['`tnt_…`', 'tnt_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  '/v1/usage/': ['The id that you gave the event.', 'req-1'],
  '/v1/meters/': ['Key of the meter.', 'input_tokens'],
  '/v1/plans/': ['Key of the plan.', 'llm-pro'],
  '/v1/plans/{key}/versions/': ['Counted from 1.', '1'],
  '/v1/projections/': ['Name of the projection.', 'invoices'],
};

/** A generated parameter, with what the generator does not know. */
export const completedParameter = (parameter: Parameter, path: string): Parameter => {
  if (parameter.in === 'path') {
    const [description, example] = PATH_PARAMETERS[path.slice(0, path.indexOf(`{${parameter.name}}`))]!;
    return { ...parameter, description, schema: { ...parameter.schema, example } };
  }
  const { schema } = parameter;
  return {
    ...parameter,
    // What has a default may be left out.
    required: parameter.required === true && !('default' in schema),
    // Lists are told with commas.
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
    // Maps have a parameter for each member: `metadata[tier]=gold`.
    ...(schema['type'] === 'object' ? { style: 'deepObject', explode: true } : {}),
  };
};
