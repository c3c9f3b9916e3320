export { SubmitTransfers } from './use-cases/transfer.handlers.js';
export { requestedNet } from './requested-transfer.js';
export type { TransferOrder } from './transfer.commands.js';
export { type TransferKind, type TransferRecord } from './transfer.record.js';
