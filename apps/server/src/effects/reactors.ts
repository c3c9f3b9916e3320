export const SEND_INVOICES = 'send-invoices';

/** Those that act on the world outside: they stand paused where their place is not known. */
export const EFFECT_REACTORS = [SEND_INVOICES] as const;
