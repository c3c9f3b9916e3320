export const SEND_INVOICES = 'send-invoices';
export const QUEUE_WEBHOOKS = 'queue-webhooks';
export const REPORT_TAXES = 'report-taxes';

/** Those that act on the world outside: they stand paused where their place is not known. */
export const EFFECT_REACTORS = [SEND_INVOICES, QUEUE_WEBHOOKS, REPORT_TAXES] as const;
