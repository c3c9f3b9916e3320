/** Codec: `google.rpc.Status`, by which the newer services say why they refuse: a word, and what there is to know besides. */
import { encode, type FieldWriter, writeBytes, writeInteger, writeMessage, writeString } from './fields.js';

const ERRORS = 'kurrentdb.protocol.v2.streams.errors';

export interface ErrorDetails {
  readonly code: number;
  readonly message: string;
  /** In capitals, as `STREAM_REVISION_CONFLICT`. */
  readonly reason: string;
  /** The message of the details, and what is in it; none if the word says it all. */
  readonly kind?: string;
  readonly write?: (writer: FieldWriter) => void;
}

export const encodeErrorDetails = ({ code, message, reason, kind, write = () => undefined }: ErrorDetails): Buffer =>
  encode((writer) => {
    writeInteger(writer, 1, code);
    writeString(writer, 2, message);
    writeAny(writer, 'google.rpc.ErrorInfo', (info) => {
      writeString(info, 1, reason);
      writeString(info, 2, 'streams');
    });
    // The last of them is the one that clients read.
    if (kind !== undefined) writeAny(writer, `${ERRORS}.${kind}`, write);
  });

/** A detail of a status, by the full name of its message. */
export const writeAny = (writer: FieldWriter, name: string, write: (writer: FieldWriter) => void): void =>
  writeMessage(writer, 3, (any) => {
    writeString(any, 1, `type.googleapis.com/${name}`);
    writeBytes(any, 2, encode(write));
  });
