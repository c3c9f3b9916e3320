export class HealthResource {
  /** @example "ok" */
  status!: 'ok';
}
