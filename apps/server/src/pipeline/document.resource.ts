/** A document as a method answers it. */
export interface DocumentAnswer {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** A document in JSON, as it is answered where that is accepted, and by NATS and gRPC. */
export class DocumentResource {
  /** @example "INV-000042.pdf" */
  fileName!: string;
  /** @example "application/pdf" */
  mediaType!: string;
  /** In base64. @example "JVBERi0xLjc=" */
  content!: string;
}

export const documentResource = ({ fileName, content }: DocumentAnswer, mediaType: string): DocumentResource => ({
  fileName,
  mediaType,
  content: Buffer.from(content).toString('base64'),
});
