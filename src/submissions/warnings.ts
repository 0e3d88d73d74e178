import { DomainError, type ProblemPlace } from '../kernel/errors.js';
import { grouped } from '../kernel/grouped.js';
import type { LoadState } from '../kernel/handling.js';
import type { Place } from '../slice/folder-part.js';
import type { AnyPlausibility, Asked, AskedCommand, FolderWarning, Oddity, Side } from '../slice/plausibility.js';
import { repeatedItems } from './repeated-rows.js';

/** Warnings of one code that are listed one by one; a mistake with more consequences gets one entry for the rest. */
const listed = 20;
/** Places that one warning names. */
const named = 6;

/** What is implausible in a folder, besides what was found while it was read, and while it was decided. */
export async function warningsOf(
  asked: Asked,
  { read, decided }: { readonly read: readonly Oddity[]; readonly decided: readonly Oddity[] },
  checks: readonly AnyPlausibility[],
  load: LoadState,
): Promise<FolderWarning[]> {
  const oddities = [...read, ...repeatedItems(asked.commands)];
  for (const check of checks) oddities.push(...check.oddities(await check.gather(asked, load)));
  const rows = grouped(asked.commands, ({ locate }) => rowOf(locate(undefined)));
  const told = [...oddities.filter((oddity) => isNew(oddity, rows)), ...decided];
  return folded(told.map(warningOf));
}

/** The warnings that are not accepted by id or code. */
export const notAccepted = (warnings: readonly FolderWarning[], accepted: readonly string[]): FolderWarning[] =>
  warnings.filter(({ id, code }) => !accepted.includes(id) && !accepted.includes(code));

/** @throws {DomainError} `submission.warnings`, with those that are not accepted */
export function assertAccepted(warnings: readonly FolderWarning[], accepted: readonly string[]): void {
  const left = notAccepted(warnings, accepted);
  if (left.length === 0) return;
  throw new DomainError(
    'refused',
    'submission.warnings',
    `共 ${left.length} 处警告，未写入任何数据：请改正；核对无误的，逐项写明接受（警告的编号或代码）后再装载`,
    {
      problems: left.map(({ places, ...warning }) => {
        const { file, row, field } = places.find((place) => place.file !== undefined) ?? {};
        return { ...warning, file, row, field, places };
      }),
    },
  );
}

/** A folder that was loaded before, with rows added, is asked about these only. */
function isNew({ sides }: Oddity, rows: ReadonlyMap<string, readonly AskedCommand[]>): boolean {
  const placed = sides.flatMap((side) =>
    'asked' in side ? [side.asked] : 'file' in side ? (rows.get(rowOf(side)) ?? []) : [],
  );
  return placed.length === 0 || placed.some(({ fresh }) => fresh);
}

const rowOf = ({ file, row = 0 }: Place) => `${file}:${row}`;

const warningOf = ({ code, subject, message, sides }: Oddity): FolderWarning => ({
  id: `${code}:${subject}`,
  code,
  message,
  places: sides.slice(0, named).map(placeOf),
});

function placeOf(side: Side): ProblemPlace {
  if (!('asked' in side)) return side;
  const { file, row, field } = side.asked.locate(side.field);
  return { file, ...(row !== undefined && { row }), ...(side.field !== undefined && { field }) };
}

function folded(warnings: readonly FolderWarning[]): FolderWarning[] {
  return [...grouped(warnings, ({ code }) => code)].flatMap(([code, all]) => {
    if (all.length <= listed) return all;
    const rest = all.slice(listed - 1);
    return [
      ...all.slice(0, listed - 1),
      {
        id: `${code}:rest`,
        code,
        message: `另有 ${rest.length} 处同类情形，如：${rest[0]!.message}`,
        places: rest.flatMap(({ places }) => places.slice(0, 1)).slice(0, named),
      },
    ];
  });
}
