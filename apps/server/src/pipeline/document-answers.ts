import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { DocumentAnswer } from './document.resource.js';

const IS_TEXT = /^text\/|xml$/u;

/** Nothing in a document is carried out, nothing is fetched for it, and nobody on the way keeps it. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'cache-control': 'no-store',
};

/** What every answer of a document says of it, also the one without it. */
export const documentHeaders = (
  reply: FastifyReply,
  { digest, isCopy }: Pick<DocumentAnswer, 'digest' | 'isCopy'>,
): FastifyReply =>
  reply.headers({
    ...HEADERS,
    ...(digest === null ? {} : { etag: `"${digest}"` }),
    ...(isCopy ? { 'recount-document': 'copy' } : {}),
  });

/** Whether whoever asks has these very bytes (RFC 9110, 13.1.2). What is no tag of ours matches none. */
export const isHeld = (asked: string | undefined, { digest }: Pick<DocumentAnswer, 'digest'>): boolean => {
  if (asked === undefined || digest === null) return false;
  const tags = asked.split(',').map((tag) => tag.trim().replace(/^W\//u, ''));
  return tags.includes('*') || tags.includes(`"${digest}"`);
};

/** A document as it is. */
export const documentFile = (
  reply: FastifyReply,
  { fileName, content, digest, isCopy }: DocumentAnswer,
  type: string,
): StreamableFile => {
  documentHeaders(reply, { digest, isCopy });
  return new StreamableFile(content, {
    type: IS_TEXT.test(type) ? `${type}; charset=utf-8` : type,
    disposition: `inline; filename="${fileName}"`,
    length: content.length,
  });
};
