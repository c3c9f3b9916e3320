/** Codec: the answer to `Gossip/Read`, by which clients find out which nodes there are and which of them leads. */
import { encode, writeInteger, writeMessage, writeString } from './fields.js';

export interface Member {
  readonly id: string;
  readonly address: string;
  readonly port: number;
}

const LEADER = 8;

/** A cluster of one, which leads. @param now milliseconds since 1970 */
export const encodeSingleMember = ({ id, address, port }: Member, now: number): Buffer =>
  encode((info) =>
    writeMessage(info, 1, (member) => {
      writeMessage(member, 1, (uuid) => writeString(uuid, 2, id));
      writeInteger(member, 2, BigInt(now) * 10_000n);
      writeInteger(member, 3, LEADER);
      writeInteger(member, 4, 1);
      writeMessage(member, 5, (endPoint) => {
        writeString(endPoint, 1, address);
        writeInteger(endPoint, 2, port);
      });
    }),
  );
