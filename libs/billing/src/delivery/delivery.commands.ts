import type { Personal } from '#contracts';
import type { DeliveryId, DocumentId, Instant } from '#kernel';

export type DeliveryCommand =
  | {
      readonly type: 'RequestDelivery';
      readonly deliveryId: DeliveryId;
      readonly documentId: DocumentId;
      /** To whom, sealed with the key of issued documents. */
      readonly personal: Personal;
    }
  | {
      readonly type: 'RecordSent';
      readonly deliveryId: DeliveryId;
      readonly messageId: string;
      readonly sentAt: Instant;
      readonly refusedRecipients: number;
    }
  | {
      readonly type: 'RecordSendFailure';
      readonly deliveryId: DeliveryId;
      readonly code: string;
      readonly detail: string;
    };
