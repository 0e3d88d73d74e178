/** A cookie that holds a secret. */
export interface SecretCookie {
  readonly name: string;
  /** Whether browsers bind it to this host and to TLS. */
  readonly isBound: boolean;
  /** The value of `Set-Cookie` for a secret. It ends with the browser; the server knows the secret's end. */
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
export function namedCookie(plainName: string, tls: boolean): SecretCookie {
  const name = tls ? `__Host-${plainName}` : plainName;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${tls ? '; Secure' : ''}`;
  return {
    name,
    isBound: tls,
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

export const sessionCookie = (tls: boolean): SecretCookie => namedCookie('session', tls);
