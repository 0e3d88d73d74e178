import { Alert, Button, Checkbox } from 'antd';
import { useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { ReportForm } from '../api/types';
import { useFilter } from '../app/links';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { blockIn } from './block';
import { FigureRow } from './FigureRow';
import {
  cellOf,
  columns,
  figureRead,
  gridOf,
  isOpen,
  missingReasons,
  touchedIn,
  type Column,
  type GridRow,
} from './form-grid';
import { SendPanel } from './SendPanel';
import { reasonWords } from './table-words';
import { useChecks } from './use-checks';
import { useEntries, type CellChange } from './use-entries';

interface Props {
  readonly form: ReportForm;
  /** The figure that the address names. */
  readonly code: string | undefined;
}

/** The figures that a unit owes for a period, filled in as in a spreadsheet. */
export function FigureForm({ form, code }: Props) {
  const plan = usePlanHere();
  const session = useSession();
  const { unit, period, figures, obligations } = form;
  const [standing, setStanding] = useFilter<'open'>('standing');
  const toFill = figures.filter(isOpen);
  const locked = figures.filter(({ lock, unlock }) => lock && !unlock);
  const rows = useMemo(() => gridOf(standing === 'open' ? figures.filter(isOpen) : figures), [figures, standing]);
  const draftKey = [session.person, plan.plan, 'report', unit.code, period].join('/');
  const { entries, change, forget, wasRestored } = useEntries(draftKey);
  const { checks, check } = useChecks({ plan: plan.plan, unit: unit.code, period });
  const [refusedPaste, setRefusedPaste] = useState<readonly string[]>([]);
  const [refusedCells, setRefusedCells] = useState<Readonly<Record<string, string>>>({});
  const table = useRef<HTMLTableElement>(null);
  const mayReport = mayFor(session, 'figures.report', plan, unit.code);
  const touched = useMemo(() => touchedIn(entries, rows), [entries, rows]);
  const rowsOf = (figureCode: string) => rows.filter(({ figure }) => figure.code === figureCode);
  const stands = new Map(obligations.map((each) => [`${each.kind}/${each.code}`, each]));

  const leave = (row: GridRow) => {
    const own = rowsOf(row.figure.code);
    if (!isOpen(row.figure)) return;
    void check(row, touched.has(row.figure.code) ? figureRead(entries, own) : { flaws: {}, parts: [] });
  };
  const apply = (changes: readonly CellChange[]) => {
    setRefusedCells({});
    change(changes);
  };
  const move = (event: KeyboardEvent, at: number, column: Column) => {
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    for (let to = at + step; to >= 0 && to < rows.length; to += step) {
      const [first] = rows[to]!.columns;
      const cell =
        table.current?.querySelector<HTMLInputElement>(`[data-cell="${to}:${column}"]`) ??
        table.current?.querySelector<HTMLInputElement>(`[data-cell="${to}:${first}"]`);
      if (!cell) continue;
      cell.focus();
      cell.select();
      return;
    }
  };
  const paste = (event: ClipboardEvent, at: number, column: Column) => {
    const block = blockIn(event.clipboardData.getData('text/plain'));
    if (!block) return;
    event.preventDefault();
    const { changes, refused } = placed(block, rows.slice(at), column, mayReport);
    setRefusedPaste(refused);
    if (refused.length > 0) return;
    apply(changes);
    // What was pasted is left at once.
    const next = changes.reduce(
      (before, each) => ({
        ...before,
        cells: { ...before.cells, [each.row.key]: { ...before.cells[each.row.key], [each.column]: each.text } },
      }),
      entries,
    );
    for (const figureCode of new Set(changes.map(({ row }) => row.figure.code))) {
      const own = rowsOf(figureCode);
      void check(own[0]!, figureRead(next, own));
    }
  };

  if (figures.length === 0) {
    return <p className="muted">{t('{{unit}} 本期没有要报的指标', { unit: unit.name })}</p>;
  }
  const flaws = Object.assign({}, ...figures.map((figure) => figureRead(entries, rowsOf(figure.code)).flaws)) as Record<
    string,
    string
  >;
  return (
    <section className="card report-form" data-testid="figures" aria-labelledby="form-figures">
      <h2 id="form-figures">{t('指标')}</h2>
      {!mayReport && (
        <Alert
          type="info"
          showIcon
          title={t('您不填报 {{unit}} 的数据', { unit: unit.name })}
          description={t('此处只供查看；要填报的，请安全管理员授予该单位的填报员角色')}
        />
      )}
      {wasRestored && touched.size > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('已恢复本机上没有提交的 {{count}} 项', { count: touched.size })}
          action={
            <Button size="small" onClick={() => forget()}>
              {t('全部不要')}
            </Button>
          }
        />
      )}
      {refusedPaste.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          closable={{ onClose: () => setRefusedPaste([]) }}
          title={t('没有贴入：所贴的块与表格对不上')}
          description={
            <ul>
              {refusedPaste.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          }
        />
      )}
      <Checkbox
        checked={standing === 'open'}
        onChange={({ target }) => setStanding(target.checked ? 'open' : undefined)}
      >
        {t('只列待填的 {{count}} 项（共 {{all}} 项）', { count: toFill.length, all: figures.length })}
      </Checkbox>
      {standing !== 'open' && locked.length > 0 && !mayFor(session, 'figures.correct-locked', plan, unit.code) && (
        <p className="muted">
          {t('已锁定的 {{count}} 项不能直接改：要改的，请规划管理员解除锁定，或请更正员附事由和依据更正', {
            count: locked.length,
          })}
        </p>
      )}
      {mayReport && (
        <p className="muted">
          {t('可整列、整块从电子表格粘贴；回车到下一行，Tab 到下一格；所填留在本机，提交后才上报')}
        </p>
      )}
      <div className="scroll-x">
        <table
          ref={table}
          className="plain-table form-table"
          aria-label={t('{{unit}} {{period}} 指标', { unit: unit.name, period })}
        >
          <thead>
            <tr>
              <th scope="col">{t('指标')}</th>
              <th scope="col">{t('参照')}</th>
              <th scope="col">{t('数值')}</th>
              <th scope="col">{t('分子')}</th>
              <th scope="col">{t('分母')}</th>
              <th scope="col">{t('缺报原因')}</th>
              <th scope="col">{t('说明')}</th>
              <th scope="col">{t('情况')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <FigureRow
                key={row.key}
                row={row}
                at={at}
                unit={unit}
                period={period}
                obligation={stands.get(`indicator/${row.figure.code}`)}
                isFilled={mayReport}
                isTouched={touched.has(row.figure.code)}
                isNamed={code === row.figure.code}
                textOf={(column) => cellOf(entries, row, column)}
                problems={{ ...checks[row.figure.code]?.problems, ...flaws, ...refusedCells }}
                checked={checks[row.figure.code]}
                onChange={(column, text) => apply([{ row, column, text }])}
                onLeave={() => leave(row)}
                onKey={(event, column) => move(event, at, column)}
                onPaste={(event, column) => paste(event, at, column)}
                onForget={() => {
                  forget(new Set([row.figure.code]));
                  void check(row, { flaws: {}, parts: [] });
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {mayReport && (
        <SendPanel
          form={form}
          rows={rows}
          entries={entries}
          codes={
            new Set(figures.filter((figure) => isOpen(figure) && touched.has(figure.code)).map((each) => each.code))
          }
          flaws={flaws}
          onRefused={setRefusedCells}
          onSent={forget}
        />
      )}
    </section>
  );
}

const columnLabels: Readonly<Record<Column, string>> = {
  value: t('数值'),
  numerator: t('分子'),
  denominator: t('分母'),
  because: t('缺报原因'),
  note: t('说明'),
};

/** Lays a block over the cells from a place on. Nothing is pasted where a part of it has no cell to go to. */
function placed(
  block: readonly (readonly string[])[],
  rows: readonly GridRow[],
  from: Column,
  mayReport: boolean,
): { readonly changes: CellChange[]; readonly refused: string[] } {
  const start = columns.indexOf(from);
  const changes: CellChange[] = [];
  const refused: string[] = [];
  for (const [index, texts] of block.entries()) {
    const row = rows[index];
    for (const [offset, given] of texts.entries()) {
      if (given === '') continue;
      const column = columns[start + offset];
      const line = { row: index + 1, text: given };
      if (!row || !column) {
        refused.push(t('第 {{row}} 行“{{text}}”：表格在这里没有格子', line));
        continue;
      }
      const name = `${row.figure.code} ${row.figure.name}`;
      if (!row.columns.includes(column)) {
        refused.push(
          t('第 {{row}} 行“{{text}}”：落在“{{name}}”的{{column}}，那里不填', {
            ...line,
            name,
            column: columnLabels[column],
          }),
        );
      } else if (!isOpen(row.figure) || !mayReport) {
        refused.push(t('第 {{row}} 行“{{text}}”：“{{name}}”已上报，要改请用“更正”', { ...line, name }));
      } else {
        const reason = missingReasons.find(({ value, label }) =>
          [value, label, reasonWords[value]].includes(given),
        )?.value;
        if (column === 'because' && reason === undefined) {
          refused.push(
            t('第 {{row}} 行“{{text}}”：缺报原因须为{{words}}之一', {
              ...line,
              words: missingReasons.map(({ label }) => label).join(t('、')),
            }),
          );
        } else changes.push({ row, column, text: column === 'because' ? reason! : given });
      }
    }
  }
  return { changes, refused };
}
