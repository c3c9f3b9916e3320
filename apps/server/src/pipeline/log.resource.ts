import { ApiProperty } from '@nestjs/swagger';
/** Where the log stands after a command: hand `position` to a query to read your own write. */
export class LogResource {
  /** @example "4711" */
  @ApiProperty({ pattern: '^\\d{1,18}$' })
  position: string;
  /** Revision of the stream that the command changed; −1 after a dry run that would begin it. @example 7 */
  @ApiProperty({ format: 'int64' })
  revision: number;

  constructor(position: bigint, revision: number) {
    this.position = String(position);
    this.revision = revision;
  }
}
