/** The port to the progress of read models, for whoever must not decide on an old one. */
export abstract class ReadModels {
  /** @throws DomainError `read_model_behind` */
  abstract waitFor(projections: readonly string[], position: bigint, milliseconds: number): Promise<void>;
}
