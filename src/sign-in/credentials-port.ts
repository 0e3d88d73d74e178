/** The token under which controllers inject `CredentialServices`. */
export const CREDENTIALS = Symbol('CredentialServices');
