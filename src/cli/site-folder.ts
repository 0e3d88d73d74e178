import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { invalid } from '../kernel/errors.js';
import { markerFile, type SiteMarker } from '../site/site-marker.js';
import { UsageError } from './session.js';

/**
 * Writes the files of a site into a folder that is empty or not there; `replace`: or into one that holds an earlier site,
 * whose own files go first. What somebody else put there stays.
 * @throws {DomainError} `site.folder-not-empty`, `site.folder-not-a-site`
 * @throws {UsageError} the folder cannot be written
 */
export function writeSite(folder: string, files: Readonly<Record<string, Uint8Array>>, replace: boolean): void {
  try {
    const found = existsSync(folder) ? readdirSync(folder) : [];
    if (found.length > 0) {
      if (!replace) {
        const message = `文件夹 ${folder} 不是空的：请换一个文件夹；其中是以前写成的网站的，可加 --replace`;
        throw invalid('site.folder-not-empty', message, 'out');
      }
      for (const file of ownFiles(folder)) removeFile(folder, file);
    }
    for (const [path, bytes] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw new UsageError(`不能写入 ${folder}：${error.message}`);
    }
    throw error;
  }
}

/** The files of the site that was written into the folder, by its marker. A path that leads out of it is none of them. */
function ownFiles(folder: string): readonly string[] {
  const marker = join(folder, markerFile);
  const { format, files } = (existsSync(marker) ? parsed(readFileSync(marker, 'utf8')) : {}) as Partial<SiteMarker>;
  const isRight = format === 'tongjian-site/1' && Array.isArray(files) && files.every(isWithin);
  if (isRight) return files as readonly string[];
  const message = `文件夹 ${folder} 没有 ${markerFile}，或它不是本程序写的：--replace 只替换本程序写成的网站，请换一个文件夹`;
  throw invalid('site.folder-not-a-site', message, 'out');
}

function parsed(text: string): object {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

const isWithin = (path: unknown): boolean =>
  typeof path === 'string' && !path.includes('\\') && path.split('/').every((part) => !['', '.', '..'].includes(part));

/** Removes the file, and the folders that are empty then. */
function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let at = dirname(path); at !== '.'; at = dirname(at)) {
    const within = join(folder, at);
    if (!existsSync(within) || readdirSync(within).length > 0) return;
    rmdirSync(within);
  }
}
