/** How the session's cookie is called and set. */
export interface SessionCookie {
  readonly name: string;
  /** The value of `Set-Cookie` for a secret. It ends with the browser; the server knows the session's end. */
  set(secret: string): string;
  /** The value of `Set-Cookie` that removes it. */
  readonly clear: string;
  /** The secret in a `Cookie` header. None where the name occurs twice: somebody else has set one of them. */
  read(header: string): string | undefined;
}

/**
 * With TLS, the prefix `__Host-` makes browsers take the cookie from this host and over TLS only (RFC 6265bis, 4.1.3.2).
 * On loopback without TLS there is neither prefix nor `Secure`.
 */
export function sessionCookie(tls: boolean): SessionCookie {
  const name = tls ? '__Host-session' : 'session';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${tls ? '; Secure' : ''}`;
  return {
    name,
    set: (secret) => `${name}=${secret}; ${attributes}`,
    clear: `${name}=; ${attributes}; Max-Age=0`,
    read(header) {
      const values = header
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      return values.length === 1 && values[0] !== '' ? values[0] : undefined;
    },
  };
}
