import { describe, expect, it } from '@jest/globals';
import { WebhookSettings } from '../../webhooks/webhook-client.js';
import { checkedUrl } from './webhook-urls.js';

describe('the URL of a webhook', () => {
  const [public_, plain] = [new WebhookSettings(), new WebhookSettings([], true)];

  it('is one of https, or of http where that is allowed', () => {
    expect(checkedUrl('https://acme.example/hook?a=1', public_)).toBe('https://acme.example/hook?a=1');
    expect(checkedUrl('http://acme.example', plain)).toBe('http://acme.example/');
  });

  it.each([
    ['http://acme.example', 'begins with https://'],
    ['ftp://acme.example', 'begins with https://'],
    ['file:///etc/passwd', 'begins with https://'],
    ['acme.example', 'no URL'],
    ['https://', 'no URL'],
    ['https://ada:secret@acme.example', 'no name and password'],
    ['https://acme.example/#there', 'behind “#”'],
  ])('is not %s', (url, why) => {
    expect(() => checkedUrl(url, public_)).toThrow(why);
  });
});
