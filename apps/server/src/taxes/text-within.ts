/** Somebody says more than anybody who means an answer would. */
export class AnswerTooLarge extends Error {
  constructor(bytesMax: number) {
    super(`The answer is larger than ${bytesMax} bytes.`);
    this.name = 'AnswerTooLarge';
  }
}

/** The text of an answer. Never more than that is held, and the rest is not waited for. @throws AnswerTooLarge */
export const textWithin = async (response: Response, bytesMax: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > bytesMax) throw new AnswerTooLarge(bytesMax);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
