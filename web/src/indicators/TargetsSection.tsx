import type { Target } from '../api/types';
import { figure, moment } from '../format';
import { inputsText } from '../overview/reading';
import { DemoTag } from '../shared/DemoTag';
import { TargetNumber } from '../shared/TargetNumber';
import { unitLabel, useScope } from '../state/scope';

interface Props {
  readonly targets: readonly Target[];
  readonly unitOfMeasure: string;
}

/** The current targets, with original value, document and reason of revisions. */
export function TargetsSection({ targets, unitOfMeasure }: Props) {
  const { plan } = useScope();
  return (
    <section>
      <h3>目标</h3>
      {targets.length === 0 ? (
        <p className="muted">没有下达目标，不作判断</p>
      ) : (
        <table className="plain-table cards">
          <thead>
            <tr>
              <th scope="col">期间</th>
              <th scope="col" className="number">
                目标值（{unitOfMeasure}）
              </th>
              <th scope="col">下达给</th>
              <th scope="col">版本</th>
              <th scope="col">知悉</th>
              <th scope="col">依据与事由</th>
            </tr>
          </thead>
          <tbody>
            {targets.map((target) => (
              <tr key={`${target.unit} ${target.period}`}>
                <th scope="row">{target.period}</th>
                <td className="number" data-label="目标值">
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
                      {target.rule.lacking ? `缺 ${inputsText(target.rule.lacking)}` : inputsText(target.rule.inputs)}
                    </small>
                  )}
                  {(target.demo || target.rule?.demo) && <DemoTag />}
                </td>
                <td data-label="下达给">{unitLabel(plan.units, target.unit)}</td>
                <td data-label="版本">
                  第 {target.targetVersion} 版{target.original !== undefined && '（已调整）'}
                </td>
                <td data-label="知悉">{moment(target.knownAt, plan.timeZone)}</td>
                <td data-label="依据与事由">
                  {[target.documentNumber, target.reason].filter(Boolean).join('；') || '规划原定'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
