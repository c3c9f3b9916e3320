import { XMLParser } from 'fast-xml-parser';
import { malformed } from './malformed.js';

/** An element: its text, or its attributes (`@Ccy`) and children. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 40,
});

/** @throws DomainError `statement_malformed`: not well-formed, too deep, or with a document type, which banks never send. */
export const parseXml = (text: string): XmlNode => {
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) return malformed('XML with a document type is not read.');
  try {
    return parser.parse(text, true) as XmlNode;
  } catch (thrown) {
    return malformed(thrown instanceof Error ? thrown.message : String(thrown));
  }
};

/** All elements at the end of a path, in their order. */
export const allAt = (node: XmlNode | undefined, ...path: readonly string[]): readonly XmlNode[] => {
  let found: readonly XmlNode[] = node === undefined ? [] : [node];
  for (const name of path) found = found.flatMap((one) => childrenOf(one, name));
  return found;
};

const childrenOf = (node: XmlNode, name: string): readonly XmlNode[] => {
  if (typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const child = node[name]!;
  return typeof child === 'string' || !isList(child) ? [child] : child;
};

const isList = (child: XmlNode | readonly XmlNode[]): child is readonly XmlNode[] => Array.isArray(child);

export const at = (node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined =>
  allAt(node, ...path)[0];

/** The text of the first element at the end of a path; undefined where there is none, or it is empty. */
export const textAt = (node: XmlNode | undefined, ...path: readonly string[]): string | undefined =>
  nonEmpty(at(node, ...path));

export const textsAt = (node: XmlNode | undefined, ...path: readonly string[]): string[] =>
  allAt(node, ...path).flatMap((one) => nonEmpty(one) ?? []);

const nonEmpty = (node: XmlNode | undefined): string | undefined => {
  const text = typeof node === 'string' ? node : node?.['#text'];
  return typeof text === 'string' && text.trim() !== '' ? decoded(text.trim()) : undefined;
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What XML itself has; the parser expands none, so that nothing can be declared which grows. */
const decoded = (text: string): string =>
  text.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/giu, (whole, name, decimal, hex) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()]!;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0x1f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
