import { isMeasured, type Cell } from '../api/types';
import { figure, offRange, percent, rangeText, signed, tidy } from '../format';
import { laterText } from '../overview/reading';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { absenceText, outlookWords, verdictWords } from '../words';
import { t } from '../shared/i18n';

interface Props {
  readonly cell: Cell;
  readonly unitOfMeasure: string;
}

/** Value, progress and judgement of the indicator in the page's period, in one line. */
export function StandingStrip({ cell, unitOfMeasure }: Props) {
  const { assessment, value } = cell;
  const { pace, lead, progress, scheduled, requiredNow, range, gapToTarget, verdict, outlook } = assessment;
  const later = laterText(cell);
  const per = pace?.per === 'percent-per-year' ? '%' : ` ${unitOfMeasure}`;
  return (
    <dl className="standing">
      <div>
        <dt>{t('{{period}} 值', { period: assessment.period })}</dt>
        <dd>
          <strong className="number">{isMeasured(value) ? figure(value.shown) : absenceText(value)}</strong>
          {isMeasured(value) && <small> {unitOfMeasure}</small>}
          {value.demo && <DemoTag />}
          {later && <span className="later">{later}</span>}
        </dd>
      </div>
      {requiredNow !== undefined && (
        <div>
          <dt>{t('序时要求')}</dt>
          <dd className="number">{tidy(requiredNow)}</dd>
        </div>
      )}
      {range && (
        <div>
          <dt>{t('应在区间')}</dt>
          <dd className="number">
            {rangeText(range)}
            {offRange(range) && <small> {offRange(range)}</small>}
          </dd>
        </div>
      )}
      {scheduled !== undefined && (
        <div>
          <dt>{t('进度 P / 序时 S')}</dt>
          <dd className="number">
            {progress === undefined ? '—' : percent(progress)} / {percent(scheduled)}
            {lead !== undefined && <small> Δ {signed(lead)}</small>}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('判断')}</dt>
        <dd>
          <StatusTag {...assessment} />
          {verdict !== undefined && <small> {verdictWords[verdict]}</small>}
          {outlook !== undefined && <small> {outlookWords[outlook]}</small>}
        </dd>
      </div>
      {pace && (
        <div>
          <dt>{t('今后每年需 / 此前每年')}</dt>
          <dd className="number">
            {pace.needed === undefined ? t('无法达到') : signed(pace.needed, 2)} / {signed(pace.observed, 2)}
            <small>{per}</small>
          </dd>
        </div>
      )}
      {gapToTarget !== undefined && verdict !== 'completed' && (
        <div>
          <dt>{t('距终期目标')}</dt>
          <dd className="number">
            {signed(gapToTarget, 2)}
            <small> {unitOfMeasure}</small>
          </dd>
        </div>
      )}
    </dl>
  );
}
