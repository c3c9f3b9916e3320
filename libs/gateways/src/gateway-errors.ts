/** No answer, or none that says anything: whatever was asked may be asked again under the same key. */
export class GatewayUnavailable extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`The gateway did not say: ${code}.`, options);
    this.name = 'GatewayUnavailable';
  }
}

/** The gateway says no, and will. The sentence is the gateway's and may hold what it was sent: it is not for logs. */
export class GatewayRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'GatewayRefused';
  }
}

/** The change that a sweep was to go on after is not kept any more: what happened since is found by windows of time alone. */
export class ChangesForgotten extends Error {
  constructor() {
    super('The gateway does not keep the change after which to go on.');
    this.name = 'ChangesForgotten';
  }
}

/** A webhook that nobody signed, or not lately. It says nothing about what was wrong: whoever forges one learns nothing. */
export class NotificationRefused extends Error {
  constructor(readonly reason: 'signature' | 'content') {
    super(`The notification is refused: ${reason}.`);
    this.name = 'NotificationRefused';
  }
}
