/** TOTP secrets, encrypted, and hashes of recovery codes. */
export interface SecondFactorStore {
  find(person: string): Promise<StoredFactor | undefined>;
  /** Stores a secret that does not count before it is confirmed. It replaces an earlier unconfirmed one. */
  putPending(person: string, secret: Uint8Array): Promise<void>;
  /**
   * Makes the pending secret the one that counts, with new recovery codes. Returns false where the pending secret is no
   * longer this one.
   */
  confirm(person: string, secret: Uint8Array, step: number, codeHashes: readonly string[]): Promise<boolean>;
  /** Uses the code of a time step, and with it those of earlier steps. Returns false where it was used. */
  useStep(person: string, step: number): Promise<boolean>;
  /** Uses a recovery code. Returns false where there is none with that hash. */
  useRecoveryCode(person: string, hash: string): Promise<boolean>;
  remove(person: string): Promise<void>;
}

export interface StoredFactor {
  readonly secret?: Uint8Array;
  readonly pending?: Uint8Array;
  /** How many recovery codes are left. */
  readonly recoveryCodes: number;
}
