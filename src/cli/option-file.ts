import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DomainError, type Problem } from '../kernel/errors.js';
import { textOf } from '../submissions/folder-text.js';
import { Mistakes } from '../submissions/mistakes.js';
import { YamlFile } from '../submissions/yaml-file.js';
import { UsageError } from './session.js';

/**
 * The content of a YAML or JSON file that an option names, read as strictly as the files of a plan folder.
 * @throws {UsageError} there is no such file
 * @throws {DomainError} `input.file`, with a problem for each line at fault
 */
export function fileContent(path: string): unknown {
  const name = basename(path);
  const { files, problems } = textOf({ [name]: bytesOf(path) });
  if (problems.length > 0) throw refusal(name, problems);
  const mistakes = new Mistakes();
  const { content } = new YamlFile(name, files[name]!, mistakes);
  if (mistakes.problems.length > 0) throw refusal(name, mistakes.problems);
  return content;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`不能读取文件 ${path}：${error instanceof Error ? error.message : String(error)}`);
  }
}

const refusal = (name: string, problems: readonly Problem[]) =>
  new DomainError('invalid', 'input.file', `文件 ${name} 不是完好的 YAML 或 JSON：请改正后再执行`, { problems });
