/** A metric as `registry.getMetricsAsJSON()` tells of it. */
export interface ToldMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
}

const TYPE_WORDS = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];
/** Prometheus wants base units, in full: https://prometheus.io/docs/practices/naming/#base-units */
const OTHER_UNITS =
  /(^|_)(ms|us|ns|s|sec|milliseconds?|microseconds?|nanoseconds?|minutes?|hours?|days?|kb|mb|gb|kilobytes?|megabytes?|bits?|percents?)(_|$)/;

/** Who is broken, by the rules of `promtool check metrics`; empty if none. */
export const brokenRules = ({ name, help, type }: ToldMetric): string[] => {
  const isCounter = type === 'counter';
  const rules: readonly (readonly [boolean, string])[] = [
    [help.trim() !== '', 'no help text'],
    [!isCounter || name.endsWith('_total'), 'counter metrics should have "_total" suffix'],
    [isCounter || !name.endsWith('_total'), 'non-counter metrics should not have "_total" suffix'],
    [type === 'histogram' || !name.endsWith('_bucket'), 'non-histogram metrics should not have "_bucket" suffix'],
    [['histogram', 'summary'].includes(type) || !/_(count|sum)$/.test(name), 'reserved suffix'],
    [!TYPE_WORDS.some((word) => name.split('_').includes(word)), 'metric name should not include type'],
    [!name.includes(':'), 'metric names should not contain ":"'],
    [!/[a-z][A-Z]/.test(name), 'metric names should be written in "snake_case"'],
    [!OTHER_UNITS.test(name), 'use base units, not abbreviated'],
  ];
  return rules.filter(([kept]) => !kept).map(([, text]) => `${name} ${text}`);
};
