import type { Fact } from '#contracts';
import { notFound, type DeliveryId, type Instant, type InvoiceId } from '#kernel';

export type DeliveryStatus = 'requested' | 'sent' | 'failed';

/** An invoice on its way to somebody. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly invoiceId: InvoiceId;
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
