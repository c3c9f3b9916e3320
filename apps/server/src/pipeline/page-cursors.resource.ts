export class PageCursors {
  /** Hand it back as `after`. @example "NDcxMQ" */
  next!: string | null;
  /** Hand it back as `before`. */
  previous!: string | null;
}
