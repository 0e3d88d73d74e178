import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { DomainError, type Problem } from '../kernel/errors.js';
import { excerpt } from '../kernel/text.js';

/** What a folder may hold; a submission over HTTP is limited likewise. */
export const folderLimits = { files: 50, bytes: 32 * 1024 * 1024 } as const;

/**
 * The files of a plan folder, as bytes. Hidden entries are left out; so are folders within it, which `passOver` is told.
 * Nothing outside the folder is read, and nothing that is no file.
 * @throws {DomainError} `submission.refused`
 */
export function readFolder(
  path: string,
  passOver: (name: string) => void = () => undefined,
): Readonly<Record<string, Uint8Array>> {
  const problems: Problem[] = [];
  const mistake = (problem: Problem) => void problems.push(problem);
  const entries = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = entries.flatMap((entry) => {
    const target = targetOf(entry, path);
    if (target === undefined) passOver(entry.name);
    else if (typeof target === 'object') mistake({ ...target, file: excerpt(entry.name, 80) });
    else return [{ name: entry.name, target, bytes: sizeOf(target) }];
    return [];
  });
  if (found.length > folderLimits.files) {
    const message = `文件夹有 ${found.length} 个文件：至多 ${folderLimits.files} 个，请移走与规划无关的文件`;
    mistake({ code: 'folder.too-many-files', message });
  }
  const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
  const [largest] = found.toSorted((a, b) => b.bytes - a.bytes);
  if (largest && bytes > folderLimits.bytes) {
    const message = `文件夹的文件共 ${megabytes(bytes)}：至多 ${megabytes(folderLimits.bytes)}，其中此文件 ${megabytes(largest.bytes)}；请分成几个文件夹装载`;
    mistake({ code: 'folder.too-large', message, file: largest.name });
  }
  const files: Record<string, Uint8Array> = {};
  if (problems.length === 0) {
    for (const { name, target } of found) {
      const content = contentOf(target);
      if (content instanceof Uint8Array) files[name] = content;
      else mistake({ ...content, file: name });
    }
  }
  if (problems.length > 0) {
    throw new DomainError('invalid', 'submission.refused', `共 ${problems.length} 处错误，未写入任何数据`, {
      problems,
    });
  }
  return files;
}

/** The path of a file that may be read, nothing for a folder, or why it is not read. */
function targetOf(entry: Dirent, folder: string): string | Problem | undefined {
  const path = join(folder, entry.name);
  if (entry.name.includes('\uFFFD')) {
    return { code: 'folder.file-name', message: '文件名不是 UTF-8 编码：请改名后再装载' };
  }
  if (entry.isDirectory()) return undefined;
  if (entry.isFile()) return path;
  if (!entry.isSymbolicLink()) return notAFile;
  let target: string;
  try {
    target = realpathSync(path);
  } catch {
    return { code: 'folder.link', message: '符号链接没有指向任何文件：请换成文件本身，或删去' };
  }
  if (!target.startsWith(realpathSync(folder) + sep)) {
    return { code: 'folder.link', message: '符号链接指向文件夹之外：不予读取，请换成文件本身' };
  }
  const found = statSync(target);
  if (found.isDirectory()) return undefined;
  return found.isFile() ? target : notAFile;
}

const notAFile: Problem = {
  code: 'folder.not-a-file',
  message: '不是普通文件（管道、设备或套接字）：请移出文件夹',
};

/** As far as can be said; a file that cannot be looked at is refused when it is read. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Opened without following a link or waiting for a pipe that took the file's place meanwhile. */
function contentOf(path: string): Uint8Array | Problem {
  let opened: number | undefined;
  try {
    opened = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    return fstatSync(opened).isFile() ? readFileSync(opened) : notAFile;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return { code: 'folder.unreadable', message: `文件不能读取（${code}）：请检查权限` };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
