import { AsyncLocalStorage } from 'node:async_hooks';

/** Ways into the product. */
export type Door = 'rest' | 'nats' | 'grpc';

const entered = new AsyncLocalStorage<Door>();

/** Does what follows in the name of a door. It is no header: nobody outside can say which door they came by. */
export const enterBy = <Result>(door: Door, work: () => Result): Result => entered.run(door, work);

/** The door that a request comes by which arrives now. */
export const doorOfArrival = (): Door => entered.getStore() ?? 'rest';
