import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { DocumentAnswer } from './document.resource.js';

const IS_TEXT = /^text\/|xml$/u;

/** Nothing in a document is carried out, nothing is fetched for it, and nobody on the way keeps it. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'cache-control': 'no-store',
};

/** A document as it is. */
export const documentFile = (
  reply: FastifyReply,
  { fileName, content, digest, isCopy }: DocumentAnswer,
  type: string,
): StreamableFile => {
  reply.headers({
    ...HEADERS,
    ...(digest === null ? {} : { etag: `"${digest}"` }),
    ...(isCopy ? { 'recount-document': 'copy' } : {}),
  });
  return new StreamableFile(content, {
    type: IS_TEXT.test(type) ? `${type}; charset=utf-8` : type,
    disposition: `inline; filename="${fileName}"`,
    length: content.length,
  });
};
