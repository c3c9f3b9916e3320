/** Codec: the same answer for readers that ask for event ids as two numbers instead of text. */
import { bytesOf, encode, readFields, uint64, writeBytes, writeInteger, writeMessage } from './fields.js';
import { withId } from './record-fields.js';
import { uuidHalves } from './uuid.js';

const EVENT_TAG = 0x0a;

/** Messages other than events pass as they are. */
export const withStructuredId = (message: Buffer): Buffer => {
  if (message[0] !== EVENT_TAG) return message;
  return encode((answer) =>
    readFields(message, {
      1: (answered) =>
        writeMessage(answer, 1, (event) =>
          readFields(bytesOf(answered), {
            1: (reader) => writeBytes(event, 1, withId(bytesOf(reader), encodeStructured)),
            2: (reader) => writeBytes(event, 2, withId(bytesOf(reader), encodeStructured)),
            3: (reader) => writeInteger(event, 3, uint64(reader)),
          }),
        ),
    }),
  );
};

const encodeStructured = (id: string): Buffer => {
  const [high, low] = uuidHalves(id);
  return encode((writer) =>
    writeMessage(writer, 1, (uuid) =>
      writeMessage(uuid, 1, (halves) => {
        writeInteger(halves, 1, high);
        writeInteger(halves, 2, low);
      }),
    ),
  );
};
