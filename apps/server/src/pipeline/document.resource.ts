/** A document as a method answers it. */
export interface DocumentAnswer {
  readonly fileName: string;
  readonly content: Uint8Array;
  /** SHA-256 in hex of what left the house; null of what is made for each reader. */
  readonly digest: string | null;
  /** Made anew, and not what left the house before. */
  readonly isCopy: boolean;
}

/** A document in JSON, as it is answered where that is accepted, and by NATS and gRPC. */
export class DocumentResource {
  /** @example "INV-000042.pdf" */
  fileName!: string;
  /** @example "application/pdf" */
  mediaType!: string;
  /** In base64. @example "JVBERi0xLjc=" */
  content!: string;
  /** Of what left the house once, and is answered from then on: SHA-256. Null of what is made for each reader. @example "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" */
  digest!: string | null;
  /** What left the house was lost, and this was made anew: it is not the same, byte by byte. @example false */
  copy!: boolean;
}

export const documentResource = (
  { fileName, content, digest, isCopy: copy }: DocumentAnswer,
  mediaType: string,
): DocumentResource => ({
  fileName,
  mediaType,
  content: Buffer.from(content).toString('base64'),
  digest,
  copy,
});
