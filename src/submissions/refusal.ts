import { DomainError } from '../kernel/errors.js';
import type { FolderText } from './folder-text.js';
import type { Mistakes } from './mistakes.js';
import { summarised } from './summary.js';

const shown = 200;

/** The refusal of a folder with mistakes. */
export function refusalOf(
  { problems, unchecked }: Mistakes,
  orderOf: (file: string) => number,
  encodings: FolderText['encodings'] = {},
): DomainError {
  const report = summarised(problems, orderOf);
  const message = [
    `共 ${problems.length} 处错误，未写入任何数据`,
    ...(report.length > shown ? [`列出前 ${shown} 处`] : []),
    ...(unchecked > 0 ? [`另有 ${unchecked} 处因此未能检查`] : []),
    ...Object.entries(encodings).map(([file, encoding]) => `${file} 按 ${encoding} 编码读取`),
  ].join('；');
  return new DomainError('invalid', 'submission.refused', message, { problems: report.slice(0, shown) });
}
