import { refuseAt } from '#kernel';
import type { WebhookSettings } from '../../webhooks/webhook-client.js';

/** What is wrong with the text of a URL; where its name leads is found out when something is sent. @throws DomainError `url_not_allowed` */
export const checkedUrl = (text: string, { plaintext }: WebhookSettings): string => {
  const refused = (why: string): never => refuseAt('/url', 'url_not_allowed', why);
  const url = URL.canParse(text) ? new URL(text) : refused('This is no URL.');
  if (url.protocol !== 'https:' && !(plaintext && url.protocol === 'http:'))
    return refused(`A URL of a webhook begins with https://${plaintext ? ' or http://' : ''}.`);
  if (url.username !== '' || url.password !== '') return refused('A URL of a webhook has no name and password.');
  if (url.hash !== '') return refused('A URL of a webhook has no part behind “#”.');
  return url.href;
};
