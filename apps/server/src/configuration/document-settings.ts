/** What documents are laid out with. */
export class DocumentSettings {
  constructor(
    /** Of fonts beside those that come with the product. */
    readonly fontFolder: string | null = null,
  ) {}
}
