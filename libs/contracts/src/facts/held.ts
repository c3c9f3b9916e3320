import type { Static, TObject, TProperties, TSchema } from 'typebox';

/** What a shape holds, as the rules have it. */
export type Held<Shape extends TSchema> = Immutable<Static<Shape>>;

/** What fields hold that several facts have. */
export type HeldIn<Fields extends TProperties> = Held<TObject<Fields>>;

type Immutable<Value> = Value extends string | number | bigint | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly Immutable<Element>[]
    : { readonly [Key in keyof Value]: Immutable<Value[Key]> };
