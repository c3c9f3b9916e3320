/** Paths on this server. */
export class WelcomeResource {
  /** @example "Recount" */
  product!: 'Recount';
  /** @example "0.1.0" */
  version!: string;
  /** Under it is every operation; it takes a key. @example "/v1" */
  api!: string;
  /** For people. @example "/docs" */
  documentation!: string;
  /** For programs. @example "/openapi.json" */
  openapi!: string;
  /** @example "/health" */
  health!: string;
  /** @example "/health/ready" */
  readiness!: string;
  /** For Prometheus. @example "/metrics" */
  metrics!: string;
}
