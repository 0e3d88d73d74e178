import { useCallback, useRef, useState } from 'react';
import { ProblemError } from '../api/client';
import { checkFigure, type FigureAt } from '../api/reporting-calls';
import type { FigureCheck } from '../api/types';
import { cellKey, numberColumns, type FigureRead, type GridRow, type NumberColumn } from './form-grid';

export interface Checked {
  /** What was checked. */
  readonly of: string;
  readonly isPending: boolean;
  readonly check?: FigureCheck;
  /** What would be refused, by cell; under the figure's code what belongs to no cell. */
  readonly problems?: Readonly<Record<string, string>>;
}

/** Asks the server about each figure when a cell of it is left. */
export function useChecks({ plan, unit, period }: Omit<FigureAt, 'code'>) {
  const [checks, setChecks] = useState<Readonly<Record<string, Checked>>>({});
  const latest = useRef<Record<string, string>>({});
  const check = useCallback(
    async (row: GridRow, { body, parts }: FigureRead): Promise<void> => {
      const { code } = row.figure;
      const of = body && JSON.stringify(body);
      if (latest.current[code] === of) return;
      if (of === undefined) {
        delete latest.current[code];
        setChecks(({ [code]: _, ...others }) => others);
        return;
      }
      latest.current[code] = of;
      const put = (checked: Omit<Checked, 'of'>) => {
        if (latest.current[code] === of) setChecks((before) => ({ ...before, [code]: { of, ...checked } }));
      };
      put({ isPending: true });
      try {
        put({ isPending: false, check: await checkFigure({ plan, unit, period, code }, body!, false) });
      } catch (error) {
        put({ isPending: false, problems: problemsAt(error as Error, code, parts) });
      }
    },
    [plan, unit, period],
  );
  return { checks, check };
}

const isNumberColumn = (field: string): field is NumberColumn => numberColumns.some((column) => column === field);

function problemsAt(error: Error, code: string, parts: readonly GridRow[]): Record<string, string> {
  const told = error instanceof ProblemError ? error.problem.problems : undefined;
  const problems: Record<string, string> = {};
  for (const { field, message } of told ?? [{ message: error.message }]) {
    const [list, at, inner = ''] = (field ?? '').split('.');
    const part = list === 'parts' && at !== undefined ? parts[Number(at)] : undefined;
    if (part && isNumberColumn(inner)) problems[cellKey(part, inner)] = message;
    else if (field !== undefined && isNumberColumn(field)) problems[cellKey({ key: code }, field)] = message;
    else problems[code] = message;
  }
  return problems;
}
