/** Codec: the `ReadResp` messages that are not events. */
import { writePosition } from './append-responses.js';
import { encode, writeBytes, writeInteger, writeMessage, writeString } from './fields.js';

export const encodeConfirmation = (subscriptionId: string): Buffer =>
  encode((writer) => writeMessage(writer, 2, (confirmation) => writeString(confirmation, 1, subscriptionId)));

export const encodeCheckpoint = (position: number): Buffer =>
  encode((writer) => writeMessage(writer, 3, (checkpoint) => writePosition(checkpoint, position)));

export const encodeStreamNotFound = (stream: string): Buffer =>
  encode((writer) =>
    writeMessage(writer, 4, (notFound) =>
      writeMessage(notFound, 1, (identifier) => writeBytes(identifier, 3, Buffer.from(stream))),
    ),
  );

export const encodeFirstStreamPosition = (revision: number): Buffer =>
  encode((writer) => writeInteger(writer, 5, revision));

export const encodeLastStreamPosition = (revision: number): Buffer =>
  encode((writer) => writeInteger(writer, 6, revision));

/** Where a subscription stands as it goes live; neither field if there is no event yet. */
export interface CaughtUpAt {
  readonly revision?: number;
  readonly position?: number;
}

export const encodeCaughtUp = (now: number, { revision, position }: CaughtUpAt): Buffer =>
  encode((writer) =>
    writeMessage(writer, 8, (caughtUp) => {
      writeMessage(caughtUp, 1, (timestamp) => {
        writeInteger(timestamp, 1, Math.floor(now / 1000));
        writeInteger(timestamp, 2, (now % 1000) * 1_000_000);
      });
      if (revision !== undefined) writeInteger(caughtUp, 2, revision);
      if (position !== undefined) writeMessage(caughtUp, 3, (at) => writePosition(at, position));
    }),
  );
