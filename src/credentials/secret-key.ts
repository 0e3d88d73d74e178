import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.js';
import { DomainError } from '../kernel/errors.js';

const form = /^[0-9a-f]{64}$/;
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts what has to be stored and read again: TOTP secrets. AES-256-GCM (NIST SP 800-38D), a random IV for each. Other
 * secrets are derived from it, and stored nowhere: HKDF-SHA256 (RFC 5869).
 */
export class SecretKey {
  private constructor(private readonly key: Buffer) {}

  /**
   * The key of the setting TONGJIAN_SECRET_KEY (64 hex digits), or that of the file `secret.key` in the folder. The first
   * start makes the file, which only its owner may read.
   * @throws {ConfigError} neither is a key
   */
  static of(folder: string, configured?: string): SecretKey {
    if (configured !== undefined) return SecretKey.parse(configured, 'TONGJIAN_SECRET_KEY');
    const path = join(folder, 'secret.key');
    if (!existsSync(path)) create(path);
    return SecretKey.parse(readFileSync(path, 'utf8').trim(), path);
  }

  /** A key that ends with the process. */
  static passing(): SecretKey {
    return new SecretKey(randomBytes(32));
  }

  private static parse(text: string, where: string): SecretKey {
    if (form.test(text)) return new SecretKey(Buffer.from(text, 'hex'));
    throw new ConfigError(`${where} 不是密钥：须为 64 位小写十六进制，可用 openssl rand -hex 32 生成`);
  }

  /** The secret of that name, 32 bytes: always the same with the same key. */
  derive(name: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', name, 32));
  }

  /** Encrypts for a person: IV, tag and text. */
  encrypt(plain: Uint8Array, person: string): Uint8Array {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(person));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]);
  }

  /** @throws {DomainError} `credentials.key`: it was encrypted with another key or for another person, or was changed */
  decrypt(stored: Uint8Array, person: string): Uint8Array {
    try {
      const [iv, tag, text] = [
        stored.subarray(0, ivLength),
        stored.subarray(ivLength, ivLength + tagLength),
        stored.subarray(ivLength + tagLength),
      ];
      const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(person)).setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]);
    } catch {
      throw new DomainError(
        'unavailable',
        'credentials.key',
        '两步验证的密钥与本系统的密钥不符，不能核对：请管理员恢复原来的 secret.key 或 TONGJIAN_SECRET_KEY，或重置该人员的两步验证',
      );
    }
  }
}

/** Whole or not at all: of several processes that start together, the first one's key is used by all. */
function create(path: string): void {
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
