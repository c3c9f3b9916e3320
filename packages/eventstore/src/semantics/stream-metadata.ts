/** Semantics: what a stream's metadata mean to reads and appends. Pure; as forgiving and as strict as the server. */

export interface StreamMetadata {
  readonly maxCount?: number;
  readonly maxAgeSeconds?: number;
  /** `DELETED` for a stream that is deleted, but may be written again. */
  readonly truncateBefore?: number;
}

export const NO_METADATA: StreamMetadata = {};
/** A stream of metadata shows the last ones only, and has none itself. */
export const OF_METADATA_STREAM: StreamMetadata = { maxCount: 1 };

/** 2^63 − 1, which as a number is one more. */
const DELETED = 2 ** 63;
export const DELETED_METADATA = Buffer.from('{"$tb":9223372036854775807}');

export const isSoftDeleted = ({ truncateBefore }: StreamMetadata): boolean => truncateBefore === DELETED;

const PREFIX = '$$';

export const metadataStreamOf = (stream: string): string => PREFIX + stream;

export const isMetadataStream = (stream: string): boolean => stream.startsWith(PREFIX);

export const originalStreamOf = (metadataStream: string): string => metadataStream.slice(PREFIX.length);

/** Malformed metadata are none; values that are not positive do not count. */
export const parseStreamMetadata = (json: Uint8Array): StreamMetadata => {
  const found = objectIn(json);
  if (found === undefined || !isWellFormed(found)) return NO_METADATA;
  const maxCount = found.$maxCount as bigint | undefined;
  const maxAge = found.$maxAge as bigint | undefined;
  const truncateBefore = found.$tb as bigint | undefined;
  return {
    ...(maxCount !== undefined && maxCount > 0n && { maxCount: Number(maxCount) }),
    ...(maxAge !== undefined && maxAge > 0n && { maxAgeSeconds: Number(maxAge) }),
    ...(truncateBefore !== undefined && truncateBefore >= 0n && { truncateBefore: numberOf(truncateBefore) }),
  };
};

/** The same metadata for a stream that begins again at a revision; undefined if they are not an object. */
export const withTruncateBefore = (json: Uint8Array, revision: number): Buffer | undefined => {
  if (objectIn(json) === undefined) return undefined;
  const found = parse(json, (source) => rawJSON(source)) as Found;
  return Buffer.from(JSON.stringify({ ...found, $tb: revision }));
};

type Found = Readonly<Record<string, unknown>>;
type ReadNumber = (source: string, value: number) => unknown;

/** Writes a number as it was written; types for it are still to come. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (source: string) => unknown };

/** Longer ones are no 64-bit numbers. */
const INTEGER = /^-?[0-9]{1,19}$/;
const GREATEST = 2n ** 63n - 1n;
/** What .NET counts as a span of time. */
const LONGEST_SECONDS = 922_337_203_685n;

const parse = (json: Uint8Array, readNumber: ReadNumber): unknown => {
  try {
    return JSON.parse(Buffer.from(json).toString(), (_key, value: unknown, context?: { source: string }) =>
      typeof value === 'number' ? readNumber(context?.source ?? String(value), value) : value,
    );
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** With integers as bigints, because 2^63 − 1 has to be told from its neighbours. */
const objectIn = (json: Uint8Array): Found | undefined => {
  const found = parse(json, (source, value) => (INTEGER.test(source) ? BigInt(source) : value));
  return isObject(found) ? found : undefined;
};

const isWellFormed = (found: Found): boolean =>
  isInteger(found.$maxCount, GREATEST) &&
  isInteger(found.$maxAge, LONGEST_SECONDS) &&
  isInteger(found.$tb, GREATEST) &&
  isInteger(found.$cacheControl, LONGEST_SECONDS) &&
  (found.$acl === undefined || isAccessList(found.$acl));

const isInteger = (value: unknown, most: bigint): boolean =>
  value === undefined || (typeof value === 'bigint' && value <= most && value >= -most);

const ROLES = ['$r', '$w', '$d', '$mr', '$mw'];

const isAccessList = (value: unknown): boolean =>
  isObject(value) && Object.entries(value).every(([key, roles]) => ROLES.includes(key) && [roles].flat().every(isRole));

const isRole = (role: unknown): boolean => typeof role === 'string';

/** Revisions beyond 2^53 hide everything alike, but only the greatest says that the stream is deleted. */
const numberOf = (revision: bigint): number =>
  revision === GREATEST ? DELETED : Math.min(Number(revision), Number.MAX_SAFE_INTEGER);
