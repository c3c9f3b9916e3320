import type { PublicEvent } from '#contracts';

/** What is told of one event: docs/events.md has what `data` says by type, and docs/asyncapi.json its schemas. */
export class PublicEventResource implements PublicEvent {
  /** Of the event, for ever: the same one has the same id by every transport. @example "0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10" */
  id!: string;
  /** @example "invoice.paid" */
  type!: PublicEvent['type'];
  /** Of `data`. @example 1 */
  version!: number;
  /** @example "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  tenantId!: PublicEvent['tenantId'];
  /** The account that it is about, if it is about one. @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId?: NonNullable<PublicEvent['accountId']>;
  /** When it counts in business: an instant or a local date. @example "2026-02-10" */
  effectiveAt!: string;
  /** When the log learned it. @example "2026-02-10T09:30:00Z" */
  recordedAt!: string;
  /** Its place in the log of this installation, to go on from. @example "4711" */
  position!: string;
  /** @example {"invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd", "paidOn": "2026-02-10"} */
  data!: PublicEvent['data'];
}

export class RepublicationResource {
  /** What comes after it is published again. @example "4711" */
  from!: string;
  /** What was published before, up to here; what came later is published for the first time. @example "9922" */
  through!: string;
}
