/** One segment of a path. Colons stay as they are, for `external:<externalId>`. */
export const pathSegment = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':');

/** What is written in one way only. */
const PLAIN = /^[A-Za-z0-9/\-_.!~*'():]*$/;

/** The one way in which a URL is compared, however its writer escaped it: the path by segment, the query by field. */
export const canonicalUrl = (url: string): string => {
  if (PLAIN.test(url)) return url;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  const asked = new URLSearchParams(end < 0 ? '' : url.slice(end));
  asked.sort();
  const canonical = path
    .split('/')
    .map((segment) => pathSegment(decodeURIComponent(segment)))
    .join('/');
  return asked.size === 0 ? canonical : `${canonical}?${asked.toString()}`;
};
