import { DomainError, parseLocalDate, parseMoney, refuse, type LocalDate, type Money } from '#kernel';

const CURRENCY = /^[A-Z]{3}$/u;

/** @throws DomainError `statement_malformed` */
export const malformed = (what: string): never => refuse('statement_malformed', `The file cannot be read: ${what}`);

/** What banks write in a place of a file; a refusal of it says where. */
export const dateAt = (place: string, text: string): LocalDate => within(place, () => parseLocalDate(text));

export const amountAt = (place: string, text: string, currency: string): Money =>
  CURRENCY.test(currency)
    ? within(place, () => parseMoney(text, currency))
    : malformed(`${place}: “${currency.slice(0, 16)}” is not a currency.`);

const within = <Value>(place: string, read: () => Value): Value => {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof DomainError || thrown instanceof RangeError) return malformed(`${place}: ${thrown.message}`);
    throw thrown;
  }
};
