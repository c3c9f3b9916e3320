/** Of a path up to a parameter, what stands there. */
export type PathParameters = Readonly<Record<string, readonly [description: string, example: string]>>;

/** What operations belong to. Each stands in the `tag.ts` of a folder of `rest`. */
export interface Tag {
  readonly name: string;
  readonly means: string;
  /** Where a newcomer meets it among the others. There is room between them. */
  readonly place: number;
  readonly parameters?: PathParameters;
}
