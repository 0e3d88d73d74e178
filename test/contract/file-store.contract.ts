import { createHash, randomBytes } from 'node:crypto';
import type { FileStore } from '../../src/kernel/file-store.js';

/** The behaviour of every file store. An adapter's spec calls this once. */
export function fileStoreContract(
  name: string,
  open: () => Promise<{ files: FileStore; remove?: () => Promise<void> }>,
): void {
  describe(`${name} as a file store`, () => {
    let files: FileStore;
    let remove: (() => Promise<void>) | undefined;

    beforeEach(async () => {
      ({ files, remove } = await open());
    });
    afterEach(() => remove?.());

    it.each<[string, string | Uint8Array]>([
      ['an empty file', ''],
      ['text', '丽水市民政事业发展“十四五”规划\u0000\r\n👩‍👩‍👧‍👦'],
      ['bytes that are not valid UTF-8', Uint8Array.of(0, 255, 254, 13, 10, 192, 128)],
      ['a large file', randomBytes(3_000_000)],
    ])('stores %s under the hash of its bytes', async (_, content) => {
      const hash = await files.put(content);
      expect(hash).toBe(createHash('sha256').update(content).digest('hex'));
      expect((await files.get(hash))!.equals(Buffer.from(content))).toBe(true);
    });

    it('stores text as UTF-8, and the same content only once', async () => {
      const hash = await files.put('低保标准');
      expect(await files.put('低保标准')).toBe(hash);
      expect(await files.put(Buffer.from('低保标准'))).toBe(hash);
      expect((await files.get(hash))!.toString()).toBe('低保标准');
    });

    it('handles concurrent puts of different files and of the same file', async () => {
      const contents = Array.from({ length: 20 }, (_, index) => `document ${index % 5}`);
      const hashes = await Promise.all(contents.map((content) => files.put(content)));
      expect(new Set(hashes).size).toBe(5);
      const read = await Promise.all(hashes.map((hash) => files.get(hash)));
      expect(read.map(String)).toEqual(contents);
    });

    it('returns undefined for an unknown hash', async () => {
      await files.put('something');
      expect(await files.get('0'.repeat(64))).toBeUndefined();
    });

    it('returns undefined for anything that is not a hash', async () => {
      const hash = await files.put('something');
      const others = ['', hash.slice(1), `${hash}0`, hash.toUpperCase(), `${hash}\n`, `../${hash}`, '../../etc/passwd'];
      for (const other of others) expect(await files.get(other)).toBeUndefined();
    });

    it('returns copies', async () => {
      const hash = await files.put('something');
      (await files.get(hash))!.fill(0);
      expect((await files.get(hash))!.toString()).toBe('something');
    });
  });
}
