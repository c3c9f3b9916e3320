/**
 * JSON for the log: money's `minor` is a bigint in memory and a decimal string when stored.
 * Stored copies keep the key order of their source, so equal facts have equal bytes.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A copy that JSON can hold: every bigint becomes its decimal text. */
export const toJson = (value: unknown): Json => {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value as Json;
  if (Array.isArray(value)) return value.map(toJson);
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) copy[key] = toJson(member);
  }
  return copy;
};

/** Undoes `toJson` in place: every `minor` becomes a bigint again. */
export const fromJson = <T>(value: Json): T => {
  reviveMinor(value);
  return value as T;
};

const reviveMinor = (value: unknown): void => {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const element of value) reviveMinor(element);
    return;
  }
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const member = members[key];
    if (key === 'minor' && typeof member === 'string') members[key] = BigInt(member);
    else if (typeof member === 'object') reviveMinor(member);
  }
};
