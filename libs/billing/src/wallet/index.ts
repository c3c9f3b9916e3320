export { type CreditGrant, type CreditBurn, burnCredit } from './credit-grants.js';
export { consumeWallet } from './wallet-consumption.js';
