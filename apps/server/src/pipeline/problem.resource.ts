/** One thing that is wrong with a request. */
export class ViolationResource {
  /** JSON pointer to it; headers are under `/headers`. @example "/currency" */
  pointer!: string;
  /** @example "unknown_currency" */
  code!: string;
  /** @example "This is an ISO 4217 currency code." */
  message!: string;
}

/** RFC 9457, with the product's stable code and one entry per thing that is wrong. */
export class ProblemResource {
  /** @example "urn:recount:problem:invalid_request" */
  type!: string;
  /** @example "Bad Request" */
  title!: string;
  /** @example 400 */
  status!: number;
  /** Stable: programs distinguish problems by it. @example "invalid_request" */
  code!: string;
  /** For people; it may change. @example "This is an ISO 4217 currency code." */
  detail!: string;
  /** The path that was asked. @example "/v1/accounts" */
  instance?: string;
  errors?: ViolationResource[];
}
