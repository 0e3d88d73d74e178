import type { DifferenceEntry, FieldDifference, FolderDifferences } from '../submissions/differences.js';
import { excerpt } from '../kernel/text.js';
import { filesIn } from './folder-files.js';
import { oneLine } from './problem-lines.js';
import type { Session } from './session.js';

/** Shows what differs between a folder and what it was when it was last loaded. */
export async function diff(
  { api, print }: Session,
  { template }: { template?: boolean },
  folder: string,
): Promise<void> {
  const { files } = filesIn(folder);
  const found = await api.post<FolderDifferences>('submissions/differences', { files });
  print(found, () => (template ? found.template.trimEnd() : differenceLines(found).join('\n')));
}

function differenceLines({ title, former, differences, newRows, droppedRows, template }: FolderDifferences): string[] {
  if (!former) return [`${title} 还没有装载过：没有可比较的`];
  const rows = [
    ...newRows.map(({ file, rows: count }) => `新增 ${file} 的 ${count} 行`),
    ...droppedRows.map(({ file, row }) => `少了 ${file} 的第 ${row} 行：它报过的仍然有效`),
  ];
  if (differences.length + rows.length === 0) return [`${title} 与上次装载的（${former.submission}）相同`];
  const unexplained = differences.filter((each) => each.unexplained).length;
  return [
    `${title} 与上次装载的（${former.submission}）相比：`,
    ...differences.flatMap(entryLines),
    ...rows,
    ...(template
      ? [`${unexplained} 项还没有事由，装载会被拒绝：请写入 changes.csv；diff --template 打印其表头和这些行`]
      : []),
  ].map(oneLine);
}

const changeWords: Readonly<Record<DifferenceEntry['change'], string>> = {
  added: '新增',
  changed: '改变',
  removed: '取消',
};

function entryLines({ object, code, change, file, row, fields, reason, unexplained }: DifferenceEntry): string[] {
  const place = row === undefined ? file : `${file} 第 ${row} 行`;
  const why = reason ? `　事由：${excerpt(reason, 60)}` : unexplained ? '　尚无事由' : '';
  return [`${changeWords[change]} ${object}${code && ` ${code}`}（${place}）${why}`, ...fields.map(fieldLine)];
}

const fieldLine = ({ label, from, to }: FieldDifference): string =>
  `  ${label}：${from === undefined ? '（空）' : excerpt(from, 60)} → ${to === undefined ? '（空）' : excerpt(to, 60)}`;
