import { convertToCommandError } from '@eventstore/db-client/dist/utils/CommandError.js';
import { Metadata, status } from '@grpc/grpc-js';

/** What the package would say of that status of a call: what its classes mean is known elsewhere. */
export const packageError = (code: number, details: string, metadata = new Metadata()): Error =>
  convertToCommandError(
    Object.assign(new Error(`${code} ${status[code] ?? ''}: ${details}`), { code, details, metadata }),
  );

export const lost = (why: string): Error => packageError(status.UNAVAILABLE, `The connection was lost: ${why}`);
