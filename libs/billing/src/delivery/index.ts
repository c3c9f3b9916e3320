export { SetMailSettings } from './use-cases/mail-settings.handler.js';
export { RecordDelivery, RequestDelivery } from './use-cases/delivery.handlers.js';
export { deliveryOf, documentIdOf, type Delivery, type DeliveryStatus } from './delivery.js';
export { isCreditNoteId } from './sendable.js';
