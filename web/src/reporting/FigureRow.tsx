import { Button, Input, Select } from 'antd';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { FormFigure, Obligation, Unit } from '../api/types';
import { figure as numberText, moment, rounded } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { IndicatorLink } from '../app/links';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { Comparison } from './Comparison';
import { DefinitionWord } from './DefinitionWord';
import { FigureActions, WaitsFor } from './FigureActions';
import {
  cellKey,
  isOpen,
  missingReasons,
  numberColumns,
  type Column,
  type GridRow,
  type NumberColumn,
  unitOfCell,
} from './form-grid';
import { Marks } from './Marks';
import { readNumber } from './read-number';
import type { Checked } from './use-checks';

export interface RowProps {
  readonly row: GridRow;
  readonly at: number;
  readonly unit: Unit;
  readonly period: string;
  readonly obligation: Obligation | undefined;
  /** Whether the person may fill it in. */
  readonly isFilled: boolean;
  readonly isTouched: boolean;
  readonly textOf: (column: Column) => string;
  /** What is wrong, by cell; under the figure's code what belongs to no cell. */
  readonly problems: Readonly<Record<string, string>>;
  readonly checked: Checked | undefined;
  readonly isNamed: boolean;
  readonly onChange: (column: Column, text: string) => void;
  readonly onLeave: () => void;
  readonly onKey: (event: KeyboardEvent, column: Column) => void;
  readonly onPaste: (event: ClipboardEvent, column: Column) => void;
  readonly onForget: () => void;
}

/** A figure, or a part of one, with its cells. */
export function FigureRow(props: RowProps) {
  const { row, isNamed, unit, period, problems } = props;
  const { figure, part } = row;
  const isEditable = isOpen(figure) && props.isFilled;
  return (
    <tr
      id={`row-${row.key}`}
      data-row={row.key}
      className={[part ? 'part-row' : 'figure-row', isNamed ? 'named' : ''].join(' ')}
    >
      <th scope="row">
        {part ? (
          <span className="part-name">{part.name}</span>
        ) : (
          <>
            <IndicatorLink code={figure.code} unit={unit.code}>
              <span className="code">{figure.code}</span> {figure.name}
            </IndicatorLink>{' '}
            <small className="muted">{figure.definition.unitOfMeasure}</small> <DefinitionWord figure={figure} />
          </>
        )}
      </th>
      <td>{!part && <Comparison figure={figure} />}</td>
      {numberColumns.map((column) => (
        <td key={column} className="number-cell" data-label={labelOf(row, column)}>
          {!row.columns.includes(column) ? (
            <span className="none" aria-hidden>
              {column === 'value' ? t('由分子、分母计算') : ''}
            </span>
          ) : isEditable ? (
            <NumberCell {...props} column={column} problem={problems[cellKey(row, column)]} />
          ) : (
            <StandingNumber row={row} column={column} />
          )}
        </td>
      ))}
      <td data-label={t('缺报原因')}>
        {row.columns.includes('because') &&
          (isEditable ? (
            <Select
              allowClear
              size="small"
              className="because"
              aria-label={t('{{name}}的缺报原因', { name: figure.name })}
              value={props.textOf('because') || undefined}
              options={[...missingReasons]}
              onChange={(value?: string) => props.onChange('because', value ?? '')}
              onBlur={props.onLeave}
            />
          ) : null)}
      </td>
      <td data-label={t('说明')}>
        {row.columns.includes('note') && isEditable && (
          <Input.TextArea
            size="small"
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={1000}
            data-cell={`${props.at}:note`}
            aria-label={t('{{name}}的说明', { name: figure.name })}
            value={props.textOf('note')}
            onChange={({ target }) => props.onChange('note', target.value)}
            onBlur={props.onLeave}
            onPaste={(event) => props.onPaste(event, 'note')}
          />
        )}
      </td>
      <td className="row-state">
        {!part && <RowState {...props} isEditable={isEditable} unit={unit} period={period} />}
      </td>
    </tr>
  );
}

const labelOf = ({ figure: { definition } }: GridRow, column: NumberColumn): string => {
  const { measurement } = definition;
  if (measurement.type !== 'ratio' || column === 'value') return t('数值');
  const { name, unit } = measurement[column];
  return t('{{name}}（{{unit}}）', { name, unit });
};

interface NumberCellProps extends RowProps {
  readonly column: NumberColumn;
  readonly problem: string | undefined;
}

function NumberCell({ row, at, column, problem, textOf, onChange, onLeave, onKey, onPaste }: NumberCellProps) {
  const text = textOf(column);
  const read = text.trim() === '' ? undefined : readNumber(text, unitOfCell(row, column));
  const isOther = read && 'number' in read && read.number !== text.trim();
  const label = labelOf(row, column);
  const hint = cellKey(row, column).replace(/\W/g, '-');
  return (
    <>
      {row.figure.definition.measurement.type === 'ratio' && <small className="cell-name">{label}</small>}
      <Input
        size="small"
        inputMode="decimal"
        autoComplete="off"
        className="number"
        data-cell={`${at}:${column}`}
        status={problem === undefined ? undefined : 'error'}
        aria-label={`${row.figure.name} ${row.part?.name ?? ''} ${label}`}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : hint}
        value={text}
        onChange={({ target }) => onChange(column, target.value)}
        onBlur={onLeave}
        onKeyDown={(event) => onKey(event, column)}
        onPaste={(event) => onPaste(event, column)}
      />
      {problem !== undefined && (
        <p id={hint} className="cell-problem" role="alert">
          {problem}
        </p>
      )}
      {problem === undefined && isOther && (
        <small className="muted">{t('读作 {{number}}', { number: read.number })}</small>
      )}
    </>
  );
}

/** The number of a value that stands. */
function StandingNumber({ row: { figure, part }, column }: { readonly row: GridRow; readonly column: NumberColumn }) {
  const reported = (figure.figure?.latest ?? figure.figure?.approved)?.reported;
  const numbers: Readonly<Record<string, unknown>> | undefined = part
    ? reported?.parts?.find((each) => each.breakdown === part.breakdown && each.part === part.part)
    : reported;
  const text = numbers?.[column];
  if (typeof text !== 'string') return null;
  return (
    <>
      {figure.definition.measurement.type === 'ratio' && (
        <small className="cell-name">
          {figure.definition.measurement[column === 'denominator' ? column : 'numerator'].name}
        </small>
      )}
      <span className="number">{numberText(text)}</span>
    </>
  );
}

interface StateProps extends RowProps {
  readonly isEditable: boolean;
}

/** How the figure stands, what the server says of what was typed, and what can be done. */
function RowState(props: StateProps) {
  const { row, obligation, isEditable, isTouched, checked, problems, textOf, onForget, unit, period } = props;
  const { figure } = row;
  const problem = problems[figure.code];
  const marks = checked?.check?.marks ?? [];
  return (
    <>
      <Standing figure={figure} obligation={obligation} />
      {!isEditable && figure.figure && <FigureActions figure={figure} unit={unit} period={period} />}
      {!isEditable && isTouched && <LeftOver figure={figure} onForget={onForget} />}
      {isEditable && isTouched && (
        <>
          {problem !== undefined && (
            <p className="cell-problem" role="alert">
              {problem}
            </p>
          )}
          {checked?.isPending && <p className="muted">{t('正在核对…')}</p>}
          {checked?.check && marks.length === 0 && <p className="checked">{t('已核对')}</p>}
          {marks.length > 0 && <Marks marks={marks} hasNote={textOf('note').trim() !== ''} />}
          {marks.some(({ required }) => required !== undefined) && textOf('note').trim() === '' && (
            <p className="cell-problem">{t('请在“说明”中写明原因')}</p>
          )}
          <Button size="small" type="link" onClick={onForget}>
            {t('清除所填')}
          </Button>
        </>
      )}
    </>
  );
}

function Standing({
  figure,
  obligation,
}: {
  readonly figure: FormFigure;
  readonly obligation: Obligation | undefined;
}) {
  const { timeZone } = usePlanHere();
  const { figure: document, definition, decimals } = figure;
  const demo = document?.demo === true && <DemoTag />;
  switch (obligation?.state) {
    case 'reported':
    case 'approved': {
      const { latest } = document ?? {};
      const { measurement } = definition;
      return (
        <p>
          <span className={`state ${obligation.state}`}>
            {obligation.state === 'approved' ? t('已审核') : <WaitsFor figure={figure} />}
          </span>
          {demo}
          {latest && (
            <small className="muted">
              {t('{{who}} {{when}}', { who: latest.by.name, when: moment(latest.knownAt, timeZone) })}
            </small>
          )}
          {measurement.type === 'ratio' && figure.shown !== undefined && (
            <small className="number">
              {t('= {{value}} {{unit}}', { value: rounded(figure.shown, decimals), unit: definition.unitOfMeasure })}
            </small>
          )}
        </p>
      );
    }
    case 'returned':
      return (
        <p>
          <span className="state returned">{t('已退回')}</span>
          {demo}
          <span className="return-reason">{t('退回事由：{{reason}}', { reason: document?.note ?? t('没有写') })}</span>
        </p>
      );
    case 'missing':
      return (
        <p>
          <span className="state missing">{t('已登记缺报')}</span>
          {demo}
          {document?.note !== undefined && <small className="muted">{document.note}</small>}
        </p>
      );
    default:
      return (
        <p>
          <span className={`state ${obligation?.overdue ? 'overdue' : 'owed'}`}>
            {obligation?.overdue ? t('逾期未报') : t('欠报')}
          </span>
        </p>
      );
  }
}

/** Something was typed here before somebody else reported the figure. */
function LeftOver({ figure, onForget }: { readonly figure: FormFigure; readonly onForget: () => void }) {
  return (
    <div className="cell-problem" role="alert">
      {t('本机上还留有您填的数，没有提交：此后 {{who}} 已经上报。要改的请用“更正”', {
        who: figure.figure?.latest?.by.name ?? '',
      })}{' '}
      <Button size="small" onClick={onForget}>
        {t('不要了')}
      </Button>
    </div>
  );
}
