type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `google.protobuf.Struct`, which has an object as a map of tagged values. */
export const structOf = (object: { readonly [key: string]: Json }): object => ({
  fields: Object.fromEntries(Object.entries(object).map(([name, value]) => [name, valueOf(value)])),
});

const valueOf = (value: Json): object => {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (isList(value)) return { listValue: { values: value.map(valueOf) } };
  return { structValue: structOf(value) };
};

const isList = (value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] =>
  Array.isArray(value);
