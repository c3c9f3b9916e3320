type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON of any kind as `google.protobuf.Value`, which is a map of tagged values where it is an object. */
export const valueOf = (value: Json): object => {
  if (value === null) return { nullValue: 'NULL_VALUE' };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (isList(value)) return { listValue: { values: value.map(valueOf) } };
  return { structValue: structOf(value) };
};

/** `google.protobuf.Struct`. */
export const structOf = (object: { readonly [key: string]: Json }): object => ({
  fields: Object.fromEntries(Object.entries(object).map(([name, value]) => [name, valueOf(value)])),
});

const isList = (value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] =>
  Array.isArray(value);

interface Value {
  readonly boolValue?: boolean;
  readonly numberValue?: number;
  readonly stringValue?: string;
  readonly listValue?: { readonly values?: readonly Value[] };
  readonly structValue?: Struct;
}

interface Struct {
  readonly fields?: Readonly<Record<string, Value>>;
}

/** The JSON that a value was made of; one of no kind that is known stays as it is. */
export const jsonInValue = (value: Value): unknown => {
  if ('nullValue' in value) return null;
  if (value.listValue) return (value.listValue.values ?? []).map(jsonInValue);
  if (value.structValue) return jsonInStruct(value.structValue);
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? value;
};

export const jsonInStruct = ({ fields = {} }: Struct): object =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, jsonInValue(value)]));
