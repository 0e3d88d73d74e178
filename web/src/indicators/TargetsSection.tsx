import type { Target } from '../api/types';
import { figure, moment } from '../format';
import { inputsText } from '../overview/reading';
import { DemoTag } from '../shared/DemoTag';
import { TargetNumber } from '../shared/TargetNumber';
import { unitLabel, useScope } from '../state/scope';
import { t } from '../shared/i18n';

interface Props {
  readonly targets: readonly Target[];
  readonly unitOfMeasure: string;
}

/** The current targets, with original value, document and reason of revisions. */
export function TargetsSection({ targets, unitOfMeasure }: Props) {
  const { plan } = useScope();
  return (
    <section>
      <h2>{t('目标')}</h2>
      {targets.length === 0 ? (
        <p className="muted">{t('没有下达目标，不作判断')}</p>
      ) : (
        <table className="plain-table cards">
          <thead>
            <tr>
              <th scope="col">{t('期间')}</th>
              <th scope="col" className="number">
                {t('目标值（{{unitOfMeasure}}）', { unitOfMeasure })}
              </th>
              <th scope="col">{t('下达给')}</th>
              <th scope="col">{t('版本')}</th>
              <th scope="col">{t('掌握日期')}</th>
              <th scope="col">{t('依据与事由')}</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <tr key={`${target.unit} ${target.period}`}>
                <th scope="row">{target.period}</th>
                <td className="number" data-label={t('目标值')}>
                  {target.original !== undefined && (
                    <>
                      <s className="muted">{figure(target.original)}</s> →{' '}
                    </>
                  )}
                  <strong>
                    <TargetNumber target={target} />
                  </strong>
                  {target.rule && (
                    <small className="muted">
                      {target.rule.lacking
                        ? t('缺 {{lacking}}', { lacking: inputsText(target.rule.lacking) })
                        : inputsText(target.rule.inputs)}
                    </small>
                  )}
                  {(target.demo || target.rule?.demo) && <DemoTag />}
                </td>
                <td data-label={t('下达给')}>{unitLabel(plan.units, target.unit)}</td>
                <td data-label={t('版本')}>
                  {target.original === undefined
                    ? t('第 {{version}} 版', { version: target.targetVersion })
                    : t('第 {{version}} 版（已调整）', { version: target.targetVersion })}
                </td>
                <td data-label={t('掌握日期')}>{moment(target.knownAt, plan.timeZone)}</td>
                <td data-label={t('依据与事由')}>
                  {[target.documentNumber, target.reason].filter(Boolean).join(t('；')) || t('规划原定')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
