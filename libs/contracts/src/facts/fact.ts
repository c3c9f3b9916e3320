import type { AccountId, Event, Json, Money } from '#kernel';
import { Type, type Static, type TObject, type TProperties } from 'typebox';
import type { Held } from './held.js';
import { publicShape, publicValue, type PublicMoneyText } from './public-shapes.js';
import { closed } from './shapes.js';

/** What is told of a fact to whoever may hear of it. It is never the stored fact itself. */
export interface Told<Name extends string = string> {
  /** As in `invoice.finalized`. */
  readonly type: Name;
  /** Raised when what is told changes so that a reader of the old shape would misread it. New fields may come at any time. */
  readonly version: number;
  readonly means: string;
  readonly shape: TObject;
  readonly example: object;
  readonly tell: (data: never) => object;
  /** Where it is about several accounts together: the part of one in what is told, if it has one. */
  readonly partOf?: (told: never, accountId: AccountId) => object | undefined;
}

/** Stored data of a version, by that version, as the next one has it. What is stored stays as it is. */
export type Upcasters = Readonly<Record<number, (data: JsonObject) => JsonObject>>;

type JsonObject = { readonly [field: string]: Json };

/** One kind of fact: how the log has it, and what the outside hears of it. A changed shape is a new version; from the first release on, the old one gets an upcaster. */
export interface FactKind<Shape extends TObject = TObject, Name extends string = string> {
  readonly version: number;
  /** Of versions that a log may hold. */
  readonly upcasters?: Upcasters;
  readonly means: string;
  readonly shape: Shape;
  /** The field that says when the fact counts in business; recorded time where there is none. */
  readonly effective?: string;
  /** What is told of it, or why nothing is. */
  readonly told: Told<Name> | { readonly withheld: string };
}

/** The facts of a table of kinds. */
export type FactOf<Kinds> = {
  [Type in keyof Kinds & string]: Kinds[Type] extends FactKind<infer Shape, string> ? Event<Type, Held<Shape>> : never;
}[keyof Kinds & string];

/** As an example writes it: any text will do for an instant, a day or an id. */
type Written<Value> = Value extends string
  ? Record<never, never> extends Record<Value, 1>
    ? string
    : Value
  : Value extends Money
    ? PublicMoneyText
    : Value extends readonly (infer Element)[]
      ? readonly Written<Element>[]
      : Value extends object
        ? { readonly [Key in keyof Value]: Written<Value[Key]> }
        : Value;

/** Fields of a fact that are told as they are, money as decimals; some under another name. */
interface Picked<Name, Data, Field extends keyof Data, As> {
  readonly type: Name;
  readonly means: string;
  readonly fields: readonly Field[];
  readonly as?: As;
  readonly example: Written<{
    [One in keyof Data as One extends Field ? (One extends keyof As ? As[One] & string : One) : never]: Data[One];
  }>;
}

/** What follows from several fields, or from parts of them. */
interface Composed<Name, Data, Shape extends TObject> {
  readonly type: Name;
  readonly means: string;
  readonly shape: Shape;
  readonly example: Written<Static<Shape>>;
  readonly tell: (data: Data) => Static<Shape>;
  readonly partOf?: (told: Static<Shape>, accountId: AccountId) => Static<Shape> | undefined;
}

/** A kind of fact: what it means, what it holds, which field says when it counts, and what is told of it or why nothing. */
export const fact = <Fields extends TProperties>(
  means: string,
  fields: Fields,
  effective?: keyof Fields & string,
): StoredKind<TObject<Fields>> => new StoredKind(means, Type.Object(fields, closed), effective);

/** How a fact is stored, before it is said what is told of it. */
class StoredKind<Shape extends TObject> {
  constructor(
    private readonly means: string,
    private readonly shape: Shape,
    private readonly effective: string | undefined,
    private readonly version = 1,
    private readonly upcasters?: Upcasters,
  ) {}

  /** Its shape was another one before. A version without an upcaster was never released, and no log has it. */
  ofVersion(version: number, upcasters?: Upcasters): StoredKind<Shape> {
    return new StoredKind(this.means, this.shape, this.effective, version, upcasters);
  }

  /** Fields of it are told. */
  told<
    const Name extends string,
    const Field extends keyof Held<Shape> & string,
    const As extends { readonly [One in Field]?: string } = object,
  >({ type, means, fields, as, example }: Picked<Name, Held<Shape>, Field, As>): FactKind<Shape, Name> {
    const renamed = as as Readonly<Record<string, string>> | undefined;
    const named = fields.map((field) => [field, renamed?.[field] ?? field] as const);
    const { shape } = this;
    return this.kind({
      type,
      means,
      example: example as object,
      shape: publicShape(shape, named),
      tell: publicValue(shape, named),
    });
  }

  /** Only that it happened is told. */
  announced<const Name extends string>(type: Name, means: string): FactKind<Shape, Name> {
    return this.kind({ type, means, example: {}, shape: Type.Object({}), tell: () => ({}) });
  }

  /** What is told is made of it. */
  toldAs<const Name extends string, Public extends TObject>(
    told: Composed<Name, Held<Shape>, Public>,
  ): FactKind<Shape, Name> {
    return this.kind(told);
  }

  /** Nothing is told of it. */
  withheld(why: string): FactKind<Shape, never> {
    return { ...this.stored(), told: { withheld: why } };
  }

  private kind<Name extends string>(told: Omit<Told<Name>, 'version'>): FactKind<Shape, Name> {
    return { ...this.stored(), told: { ...told, version: 1 } };
  }

  private stored() {
    const { version, means, shape, effective, upcasters } = this;
    return {
      version,
      means,
      shape,
      ...(upcasters === undefined ? {} : { upcasters }),
      ...(effective === undefined ? {} : { effective }),
    };
  }
}
