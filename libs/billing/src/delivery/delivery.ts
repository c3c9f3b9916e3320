import type { Fact } from '#contracts';
import { notFound, type CreditNoteId, type DeliveryId, type DocumentId, type Instant, type InvoiceId } from '#kernel';

export type DeliveryStatus = 'requested' | 'sent' | 'failed';

/** An invoice or a credit note on its way to somebody. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly invoiceId: InvoiceId;
  /** What is sent, where it is a credit note of the invoice. */
  readonly creditNoteId: CreditNoteId | null;
  readonly channel: Fact<'DeliveryRequested'>['data']['channel'];
  readonly requestedAt: Instant;
  status: DeliveryStatus;
  sentAt: Instant | null;
  messageId: string | null;
  /** Of those whom it was for, how many the server did not take it for. */
  refusedRecipients: number;
  failure: { readonly code: string; readonly detail: string } | null;
}

/** @throws DomainError `delivery_not_found` */
export const deliveryOf = (
  { deliveries }: { readonly deliveries: ReadonlyMap<DeliveryId, Delivery> },
  id: DeliveryId,
): Delivery => deliveries.get(id) ?? notFound('delivery', id);

/** What is sent. */
export const documentIdOf = ({ invoiceId, creditNoteId }: Pick<Delivery, 'invoiceId' | 'creditNoteId'>): DocumentId =>
  creditNoteId ?? invoiceId;
