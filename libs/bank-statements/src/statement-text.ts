import { refuse } from '#kernel';

/** As identifiers are compared: without blanks, in capital letters. */
export const compact = (text: string): string => text.replaceAll(/\s/gu, '').toUpperCase();

/** Of what banks write files in; the names by which a file may say so. */
const ENCODINGS = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252']);
const DECLARED = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/u;

/**
 * The text of a file: in the encoding that it names, else in UTF-8, or in Windows-1252 where it is not that.
 * @throws DomainError `statement_encoding_unknown`
 */
export const statementText = (bytes: Uint8Array): string => {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/u, '');
  const declared = DECLARED.exec(head)?.[1]?.toLowerCase();
  if (declared !== undefined && !ENCODINGS.has(declared))
    return refuse('statement_encoding_unknown', `The file says that it is in “${declared}”, which is not read here.`);
  return declared === undefined || declared.startsWith('utf') ? utf8(bytes) : new TextDecoder(declared).decode(bytes);
};

const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
