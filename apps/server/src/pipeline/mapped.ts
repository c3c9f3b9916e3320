/** A field of an object, read from what was given; no field where nothing was. */
export function mapped<Name extends string, Given>(
  name: Name,
  given: Given | undefined,
): { readonly [Field in Name]?: Given };
export function mapped<Name extends string, Given, Value>(
  name: Name,
  given: Given | undefined,
  read: (given: Given) => Value,
): { readonly [Field in Name]?: Value };
export function mapped(name: string, given: unknown, read: (given: unknown) => unknown = (value) => value): object {
  return given === undefined ? {} : { [name]: read(given) };
}
