/**
 * An id for one attempt to carry something out: the same when it is sent again. `crypto.randomUUID` requires a secure
 * context, which a page opened by its IP address over HTTP does not have.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
