export { RecordDelivery, RequestDelivery } from './use-cases/delivery.handlers.js';
export { deliveryOf, type Delivery, type DeliveryStatus } from './delivery.js';
