/** Of which of a person's tokens a secret is. What the token may do, and until when, are events of the person. */
export interface TokenSecret {
  readonly person: string;
  /** Unique among the person's tokens. */
  readonly token: string;
}

/** Secrets of programs' tokens, by their hashes. */
export interface TokenStore {
  add(hash: string, secret: TokenSecret): Promise<void>;
  find(hash: string): Promise<TokenSecret | undefined>;
  /** Removes the secret of a token of that person. */
  remove(person: string, token: string): Promise<void>;
  removeAll(person: string): Promise<void>;
}
