import { Skeleton } from 'antd';
import { useJudgement } from '../api/evaluation-calls';
import type { Evaluation, JudgedItem } from '../api/types';
import { Mark } from '../programme/Mark';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { JudgeButton } from './JudgeButton';
import { VerdictLine } from './VerdictLine';

interface Props {
  readonly evaluation: Evaluation;
  readonly isOpen: boolean;
}

/** What people judged, side by side and beside what was computed; criteria are among the items. */
export function JudgementSection({ evaluation, isOpen }: Props) {
  const plan = usePlanHere();
  const mayConclude = useMay('evaluations.conclude', plan.plan);
  const judgement = useJudgement(plan.plan, evaluation.id);
  const { data } = judgement;
  return (
    <section className="card" aria-labelledby="judgement" data-testid="judgement" data-settled={!judgement.isFetching}>
      <h2 id="judgement">
        {t('评估判断')}
        {data?.snapshot !== undefined && (
          <small className="muted">{t('计算结果取自存档 {{number}}', { number: data.snapshot })}</small>
        )}
      </h2>
      {judgement.error ? (
        <ProblemAlert error={judgement.error} retry={() => void judgement.refetch()} />
      ) : data ? (
        <>
          {data.items.length === 0 ? (
            <p className="muted">{t('还没有人作出判断')}</p>
          ) : (
            <table className="plain-table cards judged-items">
              <thead>
                <tr>
                  <th scope="col">{t('评估事项')}</th>
                  <th scope="col">{t('计算结果')}</th>
                  <th scope="col">{t('各方判断')}</th>
                  <th scope="col">{t('分歧')}</th>
                  <th scope="col">{t('结论')}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((item) => (
                  <tr key={item.item} data-item={item.item}>
                    <th scope="row">{item.name}</th>
                    <td data-label={t('计算结果')}>
                      <Computed item={item} />
                    </td>
                    <td data-label={t('各方判断')}>
                      <ul className="verdicts">
                        {item.verdicts.map((verdict) => (
                          <VerdictLine
                            key={verdict.number}
                            id={evaluation.id}
                            {...{ verdict, isOpen }}
                            judgement={data}
                          />
                        ))}
                      </ul>
                    </td>
                    <td data-label={t('分歧')}>
                      <Disagreement item={item} />
                    </td>
                    <td data-label={t('结论')}>
                      <Conclusion item={item} />
                      {isOpen && mayConclude && (
                        <JudgeButton id={evaluation.id} judgement={data} item={item.item} isConclusion />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {isOpen && <JudgeButton id={evaluation.id} judgement={data} participants={evaluation.participants} />}
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      )}
    </section>
  );
}

function Computed({ item: { computed } }: { readonly item: JudgedItem }) {
  if (!computed) return <span className="muted">—</span>;
  return computed.light ? <Mark light={computed.light}>{computed.word}</Mark> : <>{computed.word}</>;
}

function Disagreement({ item: { disagreement, toDiscuss } }: { readonly item: JudgedItem }) {
  if (disagreement === 0) return <span className="muted">{t('无')}</span>;
  return (
    <>
      {t('相差 {{count}} 档', { count: disagreement })}
      {toDiscuss && <strong className="to-discuss">{t('须商议')}</strong>}
    </>
  );
}

function Conclusion({ item: { conclusion } }: { readonly item: JudgedItem }) {
  if (!conclusion) return <span className="muted">{t('尚无结论')}</span>;
  const { shown, ground, by, earlier } = conclusion;
  return (
    <>
      <strong className={`step ${shown.colour}`}>{shown.word}</strong>
      <small className="muted">
        {ground} · {by}
      </small>
      {earlier.length > 0 && <small className="muted">{t('改过 {{count}} 次', { count: earlier.length })}</small>}
    </>
  );
}
