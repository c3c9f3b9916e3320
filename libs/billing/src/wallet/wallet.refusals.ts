import type { Refusals } from '#kernel';

export const WALLET_REFUSALS: Refusals = {
  account_has_open_wallets: 'The account has wallets that are open: close them first.',
  grant_already_used: 'Something of the grant was used.',
  grant_expired: 'The grant has expired.',
  grant_is_bought: 'It was bought: void the invoice inv_01j9zq6e4hf0fvwpn5t5jzq3cd.',
  grant_not_bought: 'What is given is there at once: only what is bought waits for a payment.',
  invalid_grant_life: 'A grant expires after it begins, and not before now.',
  invalid_recharge: 'A recharge reaches the level of 20.00 at least.',
  invalid_rollover: 'At least so much is no more than at most so much.',
  invoice_is_top_up: 'The invoice sells credit of a wallet: void it, or close the wallet.',
  too_many_grants: 'At most 200 grants of a wallet have something left at a time.',
  too_many_wallets: 'An account has at most 20 wallets that are open.',
  wallet_closed: 'The wallet is closed.',
  wallet_grant_not_found: 'There is no wallet grant “grt_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  wallet_has_balance:
    'There are 12.50 USD in the wallet: say whether that is given up or paid out to the credit of the customer.',
  wallet_has_open_top_up: 'Something was bought for the wallet and is not paid: void that invoice.',
  wallet_in_other_currency: 'The account is billed in USD, and so are its wallets.',
  wallet_not_found: 'There is no wallet “wal_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
