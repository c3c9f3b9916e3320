import { sha256Hex } from '#kernel';
import { INVOICE_TEMPLATE } from './invoice-template.js';

/** Another template is another version. */
export const TEMPLATE_VERSION = sha256Hex(INVOICE_TEMPLATE).slice(0, 12);
