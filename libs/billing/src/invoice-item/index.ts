export { AddDraftLine, ChangeDraftLine } from './use-cases/draft-lines.handlers.js';
export { type InvoiceItemInput, AddInvoiceItem, RemoveInvoiceItem } from './use-cases/invoice-item.handlers.js';
export { type InvoiceItem, pendingItems, itemLine } from './invoice-item.js';
