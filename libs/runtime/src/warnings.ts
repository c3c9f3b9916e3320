/** TLS to an address instead of a name: Node says that it will ignore what gRPC asks for, as it should. Nobody can do anything about it. */
const NAME_IS_AN_ADDRESS = 'DEP0123';

/** Every other warning is printed as ever. */
export const leaveOutHarmlessWarnings = (): void => {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning: NodeJS.ErrnoException) => {
    if (warning.code !== NAME_IS_AN_ADDRESS) for (const print of printers) print.call(process, warning);
  });
};
