/** What a spec counted, for people: one line each, whatever reporter runs. */
export const printFigures = (title: string, figures: Readonly<Record<string, number | string>>): void => {
  const lines = Object.entries(figures).map(([name, figure]) => `  ${name}: ${figure.toLocaleString('en')}`);
  process.stdout.write(`\n${[title, ...lines].join('\n')}\n`);
};
