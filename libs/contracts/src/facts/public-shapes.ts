import { majorUnits, type Money } from '#kernel';
import { Type, type Static, type TObject, type TSchema } from 'typebox';
import { Currency, DecimalText, isMoneyShape } from './shapes.js';

/** Money as every transport has it: a decimal with the currency's own digits. */
export const PublicMoney = Type.Object(
  { amount: DecimalText, currency: Currency },
  { description: 'A decimal amount with the digits of its currency' },
);

export type PublicMoneyText = Static<typeof PublicMoney>;

export const publicMoney = (money: Money): Static<typeof PublicMoney> => ({
  amount: majorUnits(money),
  currency: money.currency,
});

export const usd = (amount: string): Static<typeof PublicMoney> => ({ amount, currency: 'USD' });

/** Ids for examples. */
export const exampleId = <Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` =>
  `${prefix}_01j9zq6e4hf0fvwpn5t5jzq3cd`;

/** A field of a fact, and what it is called outside. */
type Named = readonly (readonly [field: string, name: string])[];

interface Parts {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly additionalProperties?: boolean;
}

/** The shape of named fields as they are told: open, because fields may be added, and money as decimals. */
export const publicShape = ({ properties, required }: TObject, named: Named): TObject =>
  Type.Object(
    Object.fromEntries(
      named.map(([field, name]) => {
        const shape = opened(properties[field]!);
        return [name, (required as readonly string[] | undefined)?.includes(field) ? shape : Type.Optional(shape)];
      }),
    ),
  );

const opened = (shape: TSchema): TSchema => {
  if (isMoneyShape(shape)) return PublicMoney;
  const { additionalProperties: _, ...open } = shape as TSchema & Parts;
  const { properties, items } = open;
  if (items) return { ...open, items: opened(items) };
  if (!properties) return open;
  return {
    ...open,
    properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, opened(part)])),
  };
};

/** What is told of named fields. */
export const publicValue = ({ properties }: TObject, named: Named): ((data: object) => object) => {
  const parts = named.map(([field, name]) => ({ field, name, told: telling(properties[field]!) }));
  return (data) => {
    const found: Record<string, unknown> = {};
    for (const { field, name, told } of parts) {
      const value = (data as Record<string, unknown>)[field];
      if (value !== undefined) found[name] = told(value);
    }
    return found;
  };
};

const telling = (shape: TSchema): ((value: unknown) => unknown) => {
  if (isMoneyShape(shape)) return (money) => publicMoney(money as Money);
  const { properties, items } = shape as Parts;
  if (items) {
    const each = telling(items);
    return (list) => (list as unknown[]).map((item) => each(item));
  }
  if (!properties) return (value) => value;
  const whole = publicValue(
    { properties } as TObject,
    Object.keys(properties).map((name) => [name, name]),
  );
  return (value) => whole(value as object);
};
