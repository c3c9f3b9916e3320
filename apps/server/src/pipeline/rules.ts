import { DomainError, isCountry, isCurrency, isDecimal, isTimeZone, timeZoneRefusal } from '#kernel';
import { registerDecorator, ValidateIf, type ValidationArguments, type ValidationOptions } from 'class-validator';

/** A rule of the house, named by the code that its violation answers. */
export const rule =
  (code: string, holds: (value: unknown) => boolean, message: string | ((refused: ValidationArguments) => string)) =>
  (options?: ValidationOptions): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name: code,
      target: target.constructor,
      propertyName: property as string,
      options: { message, ...options },
      validator: { validate: holds },
    });

/** May be left out. class-validator's `IsOptional` would let null through, too, as a value that nobody looked at. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Whether a text can be read. */
export const parses =
  (parse: (text: string) => unknown) =>
  (value: unknown): boolean => {
    if (typeof value !== 'string') return false;
    try {
      parse(value);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };

/** A plain decimal as a string: JSON numbers are binary fractions. */
export const IsDecimalText = rule('invalid_decimal', isDecimal, 'This is a plain decimal, as a string: "24.55".');
export const IsPositiveDecimalText = rule(
  'invalid_decimal',
  (value) => isDecimal(value) && !value.startsWith('-') && /[1-9]/.test(value),
  'This is a plain decimal above zero, as a string: "24.55".',
);
export const IsPercent = rule(
  'invalid_percentage',
  (value) => typeof value === 'string' && /^\d{1,3}(?:\.\d{1,6})?$/u.test(value),
  'This is a percentage as a string, with at most six decimals: "19", "8.875".',
);

const PAST_YEARS_MAX = 20;
const AHEAD_YEARS_MAX = 5;

/** Whether a plan may begin or be billed then: every period between there and now is looked at one by one. */
export const isWithinReach = (value: unknown): boolean => {
  const years = (Date.parse(value as string) - Date.now()) / (365.25 * 24 * 60 * 60 * 1000);
  return years > -PAST_YEARS_MAX && years < AHEAD_YEARS_MAX;
};

export const IsWithinReach = rule(
  'instant_out_of_reach',
  isWithinReach,
  `This lies at most ${PAST_YEARS_MAX} years back and ${AHEAD_YEARS_MAX} years ahead.`,
);

export const IsCountry = rule(
  'unknown_country',
  (value) => typeof value === 'string' && isCountry(value),
  'This is a country by its code of ISO 3166-1: "DE".',
);

export const IsCurrencyCode = rule(
  'unknown_currency',
  (value) => typeof value === 'string' && isCurrency(value),
  'This is an ISO 4217 currency code.',
);
export const IsTimeZoneName = rule(
  'unknown_time_zone',
  (value) => typeof value === 'string' && isTimeZone(value),
  ({ value }) => timeZoneRefusal(String(value)),
);

/** Keys stand in URLs and in price sheets: letters, digits, `_`, `-` and `.`, beginning with a letter or digit. */
export const IsKey = rule(
  'invalid_key',
  (value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/.test(value),
  'A key has 1 to 128 letters, digits, “_”, “-” or “.”, and begins with a letter or digit.',
);

const METADATA_TEXTS_MAX = 50;
const METADATA_KEY_MAX = 40;
const METADATA_TEXT_MAX = 500;

const isMetadata = (value: unknown, isText: (text: unknown) => boolean): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= METADATA_TEXTS_MAX &&
  Object.entries(value).every(([key, text]) => key.length >= 1 && key.length <= METADATA_KEY_MAX && isText(text));

const isMetadataText = (text: unknown): boolean => typeof text === 'string' && text.length <= METADATA_TEXT_MAX;

const METADATA_SENTENCE = `This is an object of at most ${METADATA_TEXTS_MAX} texts of ${METADATA_TEXT_MAX} characters, their keys of ${METADATA_KEY_MAX}`;

/** What a tenant notes about a thing: a flat object of texts. */
export const IsMetadata = rule(
  'invalid_metadata',
  (value) => isMetadata(value, isMetadataText),
  `${METADATA_SENTENCE}.`,
);

/** Texts to set; null removes one. */
export const IsMetadataChange = rule(
  'invalid_metadata',
  (value) => isMetadata(value, (text) => text === null || isMetadataText(text)),
  `${METADATA_SENTENCE}; null removes one.`,
);

/** A flat object of texts, of bounded number and length. */
export const IsTextRecord = rule(
  'invalid_text_record',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= 50 &&
    Object.entries(value).every(([key, text]) => key.length <= 128 && typeof text === 'string' && text.length <= 1024),
  'This is an object of at most 50 texts.',
);
