import { digest64 } from '#kernel';

/** Of a reading as stored. Sets of readings are compared by the exclusive or of their digests. */
export const readingDigest = (reading: object): bigint => digest64(JSON.stringify(reading));
