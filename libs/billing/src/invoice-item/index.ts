export { AddDraftLine, ChangeDraftLine } from './use-cases/draft-lines.handlers.js';
export { type InvoiceItemInput, AddInvoiceItem, RemoveInvoiceItem } from './use-cases/invoice-item.handlers.js';
export { DiscountDraft, RemoveDraftDiscount } from './use-cases/draft-discounts.handlers.js';
export { type InvoiceItem, pendingItems } from './invoice-item.js';
export { itemLine, takenOffAgain } from './item-lines.js';
