import { invalid } from './api-error.js';
import type { Form } from './form.js';

/** What a request says, once its names are known. */
export type Params = Form;

/** Refuses names that an operation does not take. */
export const onlyTakes = (params: Params, names: readonly string[]): void => {
  const unknown = Object.keys(params).find((name) => name !== 'expand' && !names.includes(name));
  if (unknown !== undefined) invalid(`Received unknown parameter: ${unknown}`, 'parameter_unknown', unknown);
};

export const textOf = (params: Params, name: string): string | undefined => {
  const value = params[name];
  if (value === undefined || value === '') return undefined;
  return typeof value === 'string' ? value : invalid(`Invalid string: ${name}`, undefined, name);
};

export const neededText = (params: Params, name: string): string =>
  textOf(params, name) ?? invalid(`Missing required param: ${name}.`, 'parameter_missing', name);

export const isTrue = (params: Params, name: string): boolean => params[name] === 'true';

export const integerOf = (params: Params, name: string): number | undefined => {
  const text = textOf(params, name);
  if (text === undefined) return undefined;
  return /^-?\d+$/u.test(text) ? Number(text) : invalid(`Invalid integer: ${text}`, 'parameter_invalid_integer', name);
};

export const partOf = (params: Params, name: string): Params => {
  const value = params[name];
  if (value === undefined || value === '') return {};
  return typeof value === 'object' && !Array.isArray(value)
    ? (value as Params)
    : invalid(`Invalid object: ${name}`, 'parameter_invalid_empty', name);
};

export const listOf = (params: Params, name: string): readonly string[] => {
  const value = params[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : invalid(`Invalid array: ${name}`, undefined, name);
};

/** Fifty texts of 500 characters under names of 40. */
export const metadataOf = (params: Params): Record<string, string> => {
  const entries = Object.entries(partOf(params, 'metadata')).filter(([, value]) => value !== '');
  if (entries.length > 50) invalid('Metadata can have at most 50 keys.', undefined, 'metadata');
  for (const [name, value] of entries) {
    if (name.length > 40) invalid(`Metadata keys can have at most 40 characters: ${name}`, undefined, 'metadata');
    if (typeof value !== 'string' || value.length > 500) {
      invalid(`Metadata values can have at most 500 characters: ${name}`, undefined, `metadata[${name}]`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
};
