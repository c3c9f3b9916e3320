import { protoRoot } from './definition.js';

/** `google.rpc.BadRequest.FieldViolation`. */
export interface FieldViolation {
  /** A JSON pointer. */
  readonly field: string;
  readonly description: string;
  readonly reason: string;
}

export interface StatusDetails {
  readonly errorInfo: {
    readonly reason: string;
    readonly domain: string;
    readonly metadata: Readonly<Record<string, string>>;
  };
  readonly violations: readonly FieldViolation[];
  readonly retrySeconds?: number;
}

/** Details travel in a header, which clients take up to 8 KiB of all together. */
const VIOLATION_CHARACTERS_MAX = 3_000;

const root = protoRoot('google/rpc/status.proto', 'google/rpc/error_details.proto');

const encoded = (type: string, message: object): Buffer => {
  const known = root.lookupType(type);
  return Buffer.from(known.encode(known.fromObject(message)).finish());
};

/** `google.rpc.Status`, as `grpc-status-details-bin` carries it. */
export const encodedStatus = (
  code: number,
  message: string,
  { errorInfo, violations, retrySeconds }: StatusDetails,
): Buffer =>
  encoded('google.rpc.Status', {
    code,
    message,
    details: [
      detail('google.rpc.ErrorInfo', errorInfo),
      ...(violations.length > 0 ? [detail('google.rpc.BadRequest', { fieldViolations: firstOf(violations) })] : []),
      ...(retrySeconds === undefined
        ? []
        : [detail('google.rpc.RetryInfo', { retryDelay: { seconds: retrySeconds } })]),
    ],
  });

const detail = (type: string, message: object): object => ({
  type_url: `type.googleapis.com/${type}`,
  value: encoded(type, message),
});

/** As many as there is room for: names of fields may be as long as their sender likes. */
const firstOf = (violations: readonly FieldViolation[]): FieldViolation[] => {
  let room = VIOLATION_CHARACTERS_MAX;
  return violations.filter(({ field, description, reason }) => {
    room -= Buffer.byteLength(field + description + reason);
    return room >= 0;
  });
};
