import type { STORED_EVENTS, StoredEventType } from '#contracts';
import type { Static } from 'typebox';
import type { AccountEvent } from '../domain/account/account.events.js';
import type { AliasEvent } from '../domain/alias/alias.decider.js';
import type { BillingRunEvent } from '../domain/billing-run/billing-run.events.js';
import type { CatalogEvent } from '../domain/catalog/catalog.events.js';
import type { InstallationCreated } from '../domain/installation.events.js';
import type { NumberAssigned } from '../domain/numbering/numbering.js';
import type { TenantEvent } from '../domain/tenant/tenant.events.js';
import type { TestClockEvent } from '../domain/test-clock/test-clock.events.js';
import type { UsageEvent } from '../domain/usage/usage.events.js';

/**
 * For the compiler alone: what the domain says and what the log holds are the same, apart from how it is written.
 * `npm run typecheck` fails here when one of the two changes.
 */

/** Every fact that the domain knows. */
type Fact =
  | AccountEvent
  | AliasEvent
  | BillingRunEvent
  | CatalogEvent
  | InstallationCreated
  | NumberAssigned
  | TenantEvent
  | TestClockEvent
  | UsageEvent;

type FactData = { [One in Fact as One['type']]: One['data'] };
type StoredData = { [Type in StoredEventType]: Static<(typeof STORED_EVENTS)[Type]['shape']> };

/** A text whose very value is its type; ids and instants are texts like any other once they are stored. */
type IsLiteral<Text extends string> = Record<never, never> extends Record<Text, 1> ? false : true;

/** What a value is in the log: amounts are texts, brands are gone, nothing is read-only. */
type Stored<Value> = Value extends bigint
  ? string
  : Value extends string
    ? IsLiteral<Value> extends true
      ? Value
      : string
    : Value extends readonly (infer Element)[]
      ? Stored<Element>[]
      : Value extends object
        ? { -readonly [Key in keyof Value]: Stored<Value[Key]> }
        : Value;

type Same<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;

/** The compiler names here what the domain and the contract tell differently. */
type Different = {
  [Type in StoredEventType]: Same<Stored<FactData[Type]>, Stored<StoredData[Type]>> extends true ? never : Type;
}[StoredEventType];

type Nothing<Found extends never> = Found;
export type EveryFactHasItsStoredShape = Nothing<Different>;
export type EveryFactIsStored = Nothing<Exclude<Fact['type'], StoredEventType>>;
export type EveryStoredEventIsAFact = Nothing<Exclude<StoredEventType, Fact['type']>>;

type No<Answer extends false> = Answer;

/** The comparison sees a field renamed, one that may be missing, and a text where there is a choice. */
export type RenamingIsSeen = No<Same<Stored<FactData['InvoicePaid']>, { invoiceId: string; paidAt: string }>>;
export type LooseningIsSeen = No<Same<Stored<FactData['InvoicePaid']>, { invoiceId: string; paidOn?: string }>>;
export type WideningIsSeen = No<Same<Stored<FactData['BillingPolicySet']>['billing'], string>>;
