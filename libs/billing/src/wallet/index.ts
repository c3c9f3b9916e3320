export { type CreditGrant, type CreditBurn, burnCredit } from './credit-grants.js';
export { consumeWallet } from './wallet-consumption.js';
export { CloseWallet, OpenWallet, SetGrantRecurrence, SetWalletRecharge } from './use-cases/wallet.handlers.js';
export { usedUntil } from './unbilled-usage.js';
export { UsageLooks } from './use-cases/usage-looks.js';
export { VoidGrant, GrantCredit } from './use-cases/grant.handlers.js';
export type { GrantInput, RecurrenceInput, WalletInput, WalletRemainder } from './wallet.commands.js';
export {
  type GrantRecord,
  type WalletDocument,
  type WalletRecord,
  type WalletStatus,
  walletDocument,
} from './wallet.record.js';
export type { Grant, GrantStatus, Wallet } from './wallet.js';
