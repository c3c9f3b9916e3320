import type { LocalDate, Money } from '#kernel';

/** Who paid, or was paid, as far as the bank says so. */
export interface Counterparty {
  readonly name?: string;
  /** Without blanks. */
  readonly iban?: string;
}

/** One booking on a bank account, or one payment of a booking that the bank made for several. */
export interface BankLine {
  /** What came in is above zero. */
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  readonly valueOn?: LocalDate;
  /** It takes back an earlier booking: the amount is already that of the taking back. */
  readonly reversal: boolean;
  /** Why a payment came back, in the bank's code (`AC04`, `MD06`), or the code of such bookings. */
  readonly returnReason?: string;
  /** How the bank calls the booking. */
  readonly bankReference?: string;
  readonly endToEndId?: string;
  readonly mandateId?: string;
  /** Structured references as they stand in the file, whether or not their check digits are right. */
  readonly references: readonly string[];
  readonly text: string;
  readonly counterparty: Counterparty;
  /** What banks kept of what was paid; above zero. */
  readonly charges?: Money;
  /** How many payments are in it that the file does not list. */
  readonly payments?: number;
}

/** A line that can be told from all others of the account, also of those in other files. */
export interface IdentifiedLine extends BankLine {
  /** 64 hex digits. */
  readonly identity: string;
  /** The identity of the booking that this is one payment of. */
  readonly partOf?: string;
}

/** A booking: its payments where the file tells them apart, or the booking alone. */
export interface Booking {
  readonly whole: BankLine;
  readonly parts: readonly BankLine[];
}

export interface StatementFrame {
  readonly reference: string;
  readonly account: { readonly iban?: string; readonly number?: string };
  readonly currency: string | null;
  /** Null where the file does not say, as in notifications (camt.054) and CSV. */
  readonly opening: Money | null;
  readonly closing: Money | null;
}

export interface ParsedStatement extends StatementFrame {
  readonly bookings: readonly Booking[];
}

export interface BankStatement extends StatementFrame {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly lines: readonly IdentifiedLine[];
}
