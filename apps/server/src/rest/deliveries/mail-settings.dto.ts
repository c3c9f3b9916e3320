import type { MailSettings } from '#contracts';
import { IsIn } from 'class-validator';

export class MailSettingsDto {
  /** `on_number`: each invoice and credit note goes to the e-mail address of its account once it has its number; `off`: only what is asked for is sent. @example "on_number" */
  @IsIn(['off', 'on_number'])
  sendInvoices!: MailSettings['sendInvoices'];
}

export class MailSettingsResource {
  /** @example "on_number" */
  sendInvoices!: MailSettings['sendInvoices'];
}
