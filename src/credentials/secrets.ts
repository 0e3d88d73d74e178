import { createHash, randomBytes } from 'node:crypto';
import { sha256 } from '../kernel/json.js';

/** 256 random bits as 43 characters of base64url: a session, a link, a token. The stores keep only its hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Under what a secret is stored. It has 256 random bits, so a plain hash cannot be turned back. */
export const hashOfSecret = (secret: string): string => sha256(secret);

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

// 256 is a multiple of 32, so that every character is equally likely.
const lettered = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte % 32]!).join('');

/** Random characters of [a-z2-7], each of five bits. */
export const randomCharacters = (count: number): string => lettered(randomBytes(count));

/** An opaque id of 100 random bits: `p_`, `s_` or `t_` and 20 characters of [a-z2-7]. */
export const newOpaqueId = (prefix: 'p' | 's' | 't'): string => `${prefix}_${randomCharacters(20)}`;

/** The id of a person whom the program itself sets up: the same for the same role, so that it is done once. */
export const personIdFor = (role: string): string =>
  `p_${lettered(createHash('sha256').update(role).digest().subarray(0, 20))}`;
