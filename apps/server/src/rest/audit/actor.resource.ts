/** Who did it. */
export class ActorResource {
  /** @example "api_key" */
  type!: string;
  /** @example "key_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** What it was allowed as; null where nothing had to be allowed. @example "billing_admin" */
  role!: string | null;
  /** Of an API key of the tenant. @example "billing job" */
  name!: string | null;
}
