/**
 * ISO 4217 as of November 2026, with the codes that have ended: a table of our own, because amounts are read by it for good, whatever a
 * later list leaves out, and because what a platform says of digits changes with its releases.
 */
const BY_DIGITS: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
     CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES
     KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
     NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY
     TTD TWD TZS UAH USD USN UYU UZS VED VEF VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

/** Metals, bond units and units of account: the standard gives them no minor unit. What was stored in them counts whole units. */
const WITHOUT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XUA';

const codes = (text: string): string[] => text.trim().split(/\s+/);

export const NO_MINOR_UNIT: ReadonlySet<string> = new Set(codes(WITHOUT));

export const CURRENCY_TABLE: readonly (readonly [currency: string, digits: number])[] = [
  ...BY_DIGITS.flatMap(([digits, text]) => codes(text).map((code) => [code, digits] as const)),
  ...codes(WITHOUT).map((code) => [code, 0] as const),
];

/** The first day on which each is none any more. */
export const ENDED: Readonly<Record<string, string>> = {
  ANG: '2025-07-01',
  BGN: '2026-01-01',
  BYR: '2017-01-01',
  CUC: '2021-07-01',
  EEK: '2011-01-01',
  HRK: '2023-01-01',
  LTL: '2015-01-01',
  LVL: '2014-01-01',
  MRO: '2018-01-01',
  SLL: '2024-04-01',
  STD: '2018-01-01',
  VEF: '2018-08-20',
  ZWL: '2024-09-01',
};

/** The first day of those that are young. */
export const NEW: Readonly<Record<string, string>> = {
  SLE: '2022-04-01',
  VED: '2021-10-01',
  XAD: '2025-05-12',
  XCG: '2025-03-31',
  ZWG: '2024-06-25',
};
