import type { PromiseNow } from '../api/types';
import { figure } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { commitmentWords, lightOfStatus, promiseStateWords } from '../words';
import { Facts, sourceLine } from './Facts';
import { Mark } from './Mark';
import { JudgedBy, promisedValue } from './promise-parts';
import { t } from '../shared/i18n';

export function PromiseDetail({ promise }: { readonly promise: PromiseNow }) {
  const { state, light, status, period, section, commitment, note, line, demo, because } = promise;
  const { shown, judgedPeriod, target, rule, revisedFrom } = promise;
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{t('评判')}</dt>
          <dd>
            <Mark light={light}>{promiseStateWords[state]}</Mark>
          </dd>
        </div>
        {because !== undefined && (
          <div>
            <dt>{t('撤销的事由')}</dt>
            <dd>{because}</dd>
          </div>
        )}
        {state !== 'withdrawn' && (
          <div>
            <dt>{t('现值')}</dt>
            <dd className="number">
              <strong>{shown === undefined ? '—' : figure(shown)}</strong>
              {shown !== undefined && demo && <DemoTag />}
              {judgedPeriod !== undefined && <small> {judgedPeriod}</small>}
            </dd>
          </div>
        )}
        {target !== undefined && (
          <div>
            <dt>{rule === undefined ? t('目标') : t('按规则应为')}</dt>
            <dd className="number">
              {revisedFrom !== undefined && <s className="muted">{figure(revisedFrom)}</s>}{' '}
              <strong>{figure(target)}</strong>
              {revisedFrom !== undefined && <small className="note"> {t('已调整')}</small>}
              {rule !== undefined && <small className="rule">{rule}</small>}
            </dd>
          </div>
        )}
        {status !== undefined && (
          <div>
            <dt>{t('对应指标的判断')}</dt>
            <dd>
              <StatusTag status={status} light={lightOfStatus(status)} />
            </dd>
          </div>
        )}
      </dl>
      <section>
        <h2>{t('任务目标')}</h2>
        <Facts
          facts={[
            { name: t('原文要求'), value: promise.statement },
            { name: t('所在章节'), value: section },
            { name: t('原文位置'), value: sourceLine(line) },
            { name: t('语气'), value: commitmentWords[commitment] },
            { name: t('目标值'), value: promisedValue(promise) },
            { name: t('期限'), value: period ?? t('原文未写年份') },
            { name: t('评判依据'), value: <JudgedBy promise={promise} /> },
            { name: t('读法'), value: note },
          ]}
        />
      </section>
    </>
  );
}
