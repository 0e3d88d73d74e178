import { isMeasured, type Cell, type Measured, type UnitIndicator, type Unmeasured } from '../api/types';
import { figure } from '../format';
import { shortLabel, useScope } from '../state/scope';
import { inputsText, laterCauses } from './reading';
import { t } from '../shared/i18n';

/** The origin of a value and remarks: disagreement, corrections, missing approval, missing inputs. */
export function SourceNote({ indicator }: { readonly indicator: UnitIndicator }) {
  const { units } = useScope().plan;
  const { cell } = indicator;
  const names = (codes: readonly string[]) => codes.map((code) => shortLabel(units, code)).join(t('、'));
  return (
    <>
      {isMeasured(cell.value) ? (
        <OfValue value={cell.value} assessment={cell.assessment} />
      ) : (
        <OfAbsence value={cell.value} names={names} />
      )}
      {laterCauses(indicator, units).map(({ key, text }) => (
        <span key={key} className="cause" title={text}>
          {text}
        </span>
      ))}
    </>
  );
}

type Assessment = Cell['assessment'];

function OfValue({ value, assessment }: { readonly value: Measured; readonly assessment: Assessment }) {
  const { missing, status, fault } = assessment;
  const { source, parts, inputs, components, disagreement, pending, sentBack, approved, corrections, comparable } =
    value;
  return (
    <>
      <span>
        {source === 'computed' &&
          (inputs ? t('由公式计算') : t('由 {{count}} 个单位计算', { count: parts?.length ?? 0 }))}
        {source === 'common' && t('统一标准')}
        {source === 'reported' &&
          (parts && !disagreement ? t('直报，与 {{count}} 个单位合计一致', { count: parts.length }) : t('直报'))}
      </span>
      {inputs && <small className="muted">{inputsText(inputs)}</small>}
      {components && (
        <small className="muted number">
          {figure(components.numerator)} ÷ {figure(components.denominator)}
        </small>
      )}
      {disagreement && (
        <span className="disagreement">
          <b>{t('市县数据不一致')}</b>{' '}
          {t('本级上报 {{reported}}，各单位合计 {{computed}}', {
            reported: figure(disagreement.reported),
            computed: figure(disagreement.computed),
          })}
        </span>
      )}
      {corrections > 0 && <small className="note">{t('已更正 {{count}} 次', { count: corrections })}</small>}
      {pending !== undefined && (
        <span className="pending">{t('更正待审：{{pending}}', { pending: figure(pending) })}</span>
      )}
      {sentBack !== undefined && (
        <span className="pending">{t('更正被退回：{{sentBack}}，仍用原数', { sentBack: figure(sentBack) })}</span>
      )}
      {!approved && pending === undefined && <span className="pending">{t('待审核')}</span>}
      {!comparable && <span className="pending">{t('口径已变，不可比')}</span>}
      {missing !== undefined && <small className="muted">{missingText(missing, status)}</small>}
      {fault !== undefined && <small className="muted">{t('年均增速（等比）不能始于、终于或穿过 0，不作判断')}</small>}
    </>
  );
}

function missingText(missing: NonNullable<Assessment['missing']>, status: Assessment['status']): string {
  const stale = status === 'incomparable';
  switch (missing) {
    case 'value':
      return t('累计所需的各期数不全，不作判断');
    case 'base':
      return stale ? t('基期值未按现口径重报，不作判断') : t('没有基期值，不作判断');
    case 'target':
      if (stale) return t('目标未按现口径重新设定，不作判断');
      return status === 'no-data' ? t('目标按规则所需的数不全，不作判断') : t('没有目标，不作判断');
  }
}

function OfAbsence({
  value,
  names,
}: {
  readonly value: Unmeasured;
  readonly names: (codes: readonly string[]) => string;
}) {
  const { lacking, lackingInputs, partial, note } = value;
  return (
    <>
      {lacking && <span className="pending">{t('缺 {{lacking}}', { lacking: names(lacking) })}</span>}
      {lackingInputs && <span className="pending">{t('缺 {{lacking}}', { lacking: inputsText(lackingInputs) })}</span>}
      {partial && (
        <small className="muted">
          {t('其余 {{count}} 个单位合计 {{sum}}，不作判断', {
            count: partial.parts.length,
            sum: figure(partial.shown),
          })}
        </small>
      )}
      {note !== undefined && <small className="muted">{note}</small>}
      {!lacking && !lackingInputs && note === undefined && <span className="none">—</span>}
    </>
  );
}
