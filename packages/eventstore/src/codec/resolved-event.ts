/** Codec: the answer for a link that was resolved, put together from two stored ones. */
import { encode, writeBytes, writeInteger, writeMessage } from './fields.js';
import { recordedEventOf } from './record-fields.js';

/** @param target undefined if what the link names is not there any more */
export const encodeResolved = (link: Buffer, target: Buffer | undefined, position: number): Buffer =>
  encode((writer) =>
    writeMessage(writer, 1, (event) => {
      if (target !== undefined) writeBytes(event, 1, recordedEventOf(target));
      writeBytes(event, 2, recordedEventOf(link));
      writeInteger(event, 3, position);
    }),
  );
