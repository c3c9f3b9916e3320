import type { Delivery, DeliveryStatus } from '#billing/delivery';
import { ArrayMaxSize, ArrayMinSize, IsEmail } from 'class-validator';
import { MayBeAbsent } from '../../pipeline/rules.js';

const RECIPIENTS_MAX = 10;

export class SendDocumentDto {
  /** Where it goes; to the e-mail address of the account where nothing is said. @example ["billing@ada.example"] */
  @MayBeAbsent()
  @ArrayMinSize(1)
  @ArrayMaxSize(RECIPIENTS_MAX)
  @IsEmail({}, { each: true })
  to?: string[];
}

export class DeliveryResource {
  /** @example "dlv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "inv_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  invoiceId!: string;
  /** Of a credit note: what is sent. The invoice is the one that it is of. @example null */
  creditNoteId!: string | null;
  /** @example "email" */
  channel!: Delivery['channel'];
  /** `requested` until the next server on its way has taken it, or refused it for good. @example "sent" */
  status!: DeliveryStatus;
  /** @example "2026-02-01T00:00:04Z" */
  requestedAt!: string;
  /** @example "2026-02-01T00:00:05Z" */
  sentAt!: string | null;
  /** @example "<dlv_01j9zq6e4hf0fvwpn5t5jzq3cd@acme.example>" */
  messageId!: string | null;
  /** Of those whom it was for, how many the server did not take it for. @example 0 */
  refusedRecipients!: number;
  /** Why it could not be sent. @example null */
  failureCode!: string | null;
  /** @example null */
  failureDetail!: string | null;
}

export const deliveryResource = ({ failure, ...delivery }: Delivery): DeliveryResource => ({
  ...delivery,
  failureCode: failure?.code ?? null,
  failureDetail: failure?.detail ?? null,
});
