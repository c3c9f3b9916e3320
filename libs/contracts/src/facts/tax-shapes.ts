import { Type } from 'typebox';
import type { Held, HeldIn } from './held.js';
import { closed, DateText, MoneyShape, OneOf } from './shapes.js';

export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' });
/** A country, or a part of one: as in `DE`, and `US-NY` of ISO 3166-2. */
export const Jurisdiction = Type.String({
  pattern: '^[A-Z]{2}(-[A-Z0-9]{1,8})?$',
  description: 'A country, or a part of one as ISO 3166-2 names it',
});
/** Of a country, as ISO 3166-2 names it. */
const RegionCode = Type.String({ pattern: '^[A-Z0-9]{1,8}$', description: 'As ISO 3166-2 names it' });
/** As UNCL5305 names them, and EN 16931 takes them: S standard or reduced, Z zero, E exempt, AE reverse charge, O outside, … */
export const TaxCategoryShape = OneOf('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M');
export type TaxCategory = Held<typeof TaxCategoryShape>;

/** In percent, exact. */
export const PercentText = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,6})?$', description: 'In percent, exact' });
const Code = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$', description: 'Of the tenant’s choice' });
/** What is sold, as far as taxes go: the tenant's own, as in `reduced`. */
export const TaxClass = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$',
  description: 'What is sold, as far as taxes go; `standard` where nothing is said',
});

const rateFields = {
  code: Code,
  jurisdiction: Jurisdiction,
  category: TaxCategoryShape,
  /** What it is for. */
  taxClass: Type.Optional(TaxClass),
  rate: PercentText,
  validFrom: DateText,
  /** The last day. */
  validTo: Type.Optional(DateText),
  /** Levied on the taxes before it, too. */
  compound: Type.Optional(Type.Literal(true, { description: 'Levied on the taxes before it, too' })),
};
export const taxRate = rateFields;
/** A rate of a jurisdiction, and when it holds. */
export type TaxRate = HeldIn<typeof rateFields>;

/** Where taxes are rounded, and whether prices have them inside. */
const method = { rounding: OneOf('document', 'line'), prices: OneOf('exclusive', 'inclusive') };

/** Which day says what a line bears: that of issue where nothing is said, or the last day of its service. */
const taxPoint = Type.Optional(OneOf('issue', 'service_end'));

const Reason = OneOf(
  'domestic',
  'buyer_country_unknown',
  'destination',
  'below_threshold',
  'reverse_charge',
  'business_exempt',
  'customer_exempt',
  'outside',
  'provider',
  'tax_id_unchecked',
);
/** Which lines of a document bear the same taxes, by its order; the first where nothing is said. */
const Group = Type.Integer({ minimum: 0, description: 'Of the lines that bear it' });

const settings = {
  /** `none`: no tax is charged. `flat`: one rate for everybody. `rates`: by where seller and buyer are. `http`: a service elsewhere says. */
  provider: OneOf('none', 'flat', 'rates', 'http'),
  /** What becomes of an invoice whose taxes nobody elsewhere says: it waits, or bears what its charges bore last, or the flat rate. */
  onOutage: Type.Optional(OneOf('wait', 'last_known', 'fallback_rate')),
  /** Where the seller is. */
  country: Type.Optional(CountryCode),
  region: Type.Optional(RegionCode),
  flat: Type.Optional(
    Type.Object(
      {
        basisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
        /** Whoever gives a tax id owes none. */
        b2bExempt: Type.Boolean({ description: 'Whoever gives a tax id owes none' }),
      },
      closed,
    ),
  ),
  /** Consumers in other states of the EU bear the tax of theirs. */
  oss: Type.Optional(Type.Boolean({ description: 'Consumers in other states of the EU bear the tax of theirs' })),
  taxPoint,
  /** No tax is left to a business in another state of the EU whose tax id no register has called valid of late. */
  requireCheckedTaxId: Type.Optional(Type.Literal(true)),
  ...method,
};
export const taxSettings = settings;
/** How a tenant charges tax. Set as a whole. */
export type TaxSettings = HeldIn<typeof settings>;

/** One rate on a document: what it is levied on, and what it comes to. */
export const DocumentTaxShape = Type.Object(
  {
    code: Code,
    jurisdiction: Jurisdiction,
    category: TaxCategoryShape,
    rate: PercentText,
    /** Levied on the taxes before it, too. */
    compound: Type.Optional(Type.Literal(true, { description: 'Levied on the taxes before it, too' })),
    base: MoneyShape,
    amount: MoneyShape,
    /** Of the lines that bear it; absent of the first. */
    group: Type.Optional(Group),
    /** Why these bear it, where that is not why the document does. */
    reason: Type.Optional(Reason),
  },
  closed,
);
export type DocumentTax = Held<typeof DocumentTaxShape>;

/** Why a service elsewhere said no taxes. */
export const TaxFailureShape = OneOf('unavailable', 'too_slow', 'invalid_answer', 'refused');
export type TaxFailure = Held<typeof TaxFailureShape>;

const exemption = {
  jurisdiction: Jurisdiction,
  /** The first day on which it holds. */
  validFrom: Type.Optional(DateText),
  /** The last day. */
  validTo: Type.Optional(DateText),
};
/** Whose tax somebody does not owe, and when; without days, at any time. */
export type TaxExemption = HeldIn<typeof exemption>;

/** By which rule a document bears its taxes, and what was known of the buyer then. */
export const TaxationShape = Type.Object(
  {
    reason: Reason,
    ...method,
    taxPoint,
    /** The group of each line, in their order; absent where all are of the first. */
    groups: Type.Optional(Type.Array(Group)),
    /** Who said so elsewhere, under which reference; or what stood in for it, and why. */
    provider: Type.Optional(
      Type.Object(
        {
          name: Type.Literal('http'),
          reference: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
          fallback: Type.Optional(OneOf('last_known', 'fallback_rate')),
          failure: Type.Optional(TaxFailureShape),
        },
        closed,
      ),
    ),
    /** The certificate by which some tax is not charged; its number is in the bill-to. */
    exemption: Type.Optional(Type.Object(exemption, closed)),
    buyer: Type.Object(
      {
        country: Type.Optional(CountryCode),
        region: Type.Optional(RegionCode),
        /** It had given a tax id. */
        business: Type.Boolean({ description: 'It had given a tax id' }),
        /** The last day on which a register had called all its VAT ids valid. */
        checkedOn: Type.Optional(DateText),
      },
      closed,
    ),
  },
  closed,
);
export type Taxation = Held<typeof TaxationShape>;
export type TaxReason = Taxation['reason'];
