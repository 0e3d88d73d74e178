import type { PolicyNow } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { useScope } from '../state/scope';
import { policyIntentWords, policyLevelWords, policyStandingWords, policyTimelinessWords } from '../words';
import { Facts } from './Facts';
import { Mark } from './Mark';
import { PrintedTable } from './PrintedTable';
import { bureauOf, lightOfTimeliness, span } from './reading';
import { t } from '../shared/i18n';

export function PolicyDetail({ policy }: { readonly policy: PolicyNow }) {
  const { plan } = useScope();
  const { standing, timeliness, due, firstDue, postponedBecause, because, versions, demo, intent, owner } = policy;
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{t('进展')}</dt>
          <dd>
            <strong>{policyStandingWords[standing]}</strong>
            {demo && <DemoTag />}
          </dd>
        </div>
        <div>
          <dt>{t('是否按期')}</dt>
          <dd>
            <Mark light={lightOfTimeliness[timeliness]}>{policyTimelinessWords[timeliness]}</Mark>
          </dd>
        </div>
      </dl>
      {(postponedBecause ?? because) !== undefined && (
        <ul className="reasons">
          {because !== undefined && (
            <li>
              <b>{t('{{standing}}的事由', { standing: policyStandingWords[standing] })}</b> {because}
            </li>
          )}
          {firstDue !== undefined && (
            <li>
              <b>{t('推迟')}</b>{' '}
              {t('由 {{firstDue}} 推迟至 {{due}}：{{reason}}', {
                firstDue,
                due: due ?? '',
                reason: postponedBecause ?? t('未填事由'),
              })}
            </li>
          )}
        </ul>
      )}
      {versions.length > 0 && <Versions versions={versions} demo={demo} />}
      <section>
        <h2>{t('基本情况')}</h2>
        <Facts
          facts={[
            { name: t('责任单位'), value: owner && bureauOf(plan.units, owner) },
            { name: t('文种'), value: policy.type },
            { name: t('层级'), value: policy.level && policyLevelWords[policy.level] },
            { name: t('起草'), value: policy.draftedOn },
            { name: t('附表序号'), value: policy.number },
          ]}
        />
      </section>
      <PrintedTable
        line={policy.line}
        note={policy.note}
        rows={[
          { name: t('计划时间'), printed: policy.printedDate, reading: span(policy.from, firstDue ?? due) },
          { name: t('备注'), printed: policy.remark, reading: policyIntentWords[intent] },
        ]}
      />
    </>
  );
}

function Versions({ versions, demo }: Pick<PolicyNow, 'versions' | 'demo'>) {
  return (
    <section>
      <h2>{t('版本')}</h2>
      <table className="plain-table cards">
        <thead>
          <tr>
            <th scope="col">{t('版本')}</th>
            <th scope="col">{t('印发')}</th>
            <th scope="col">{t('文号')}</th>
            <th scope="col">{t('修订的文件')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ on, documentNumber, revises }, at) => (
            <tr key={documentNumber + on}>
              <th scope="row">
                {t('第 {{version}} 版', { version: at + 1 })}
                {at === versions.length - 1 && <small className="muted">{t('现行')}</small>}
              </th>
              <td data-label={t('印发')}>{on}</td>
              <td data-label={t('文号')}>
                {documentNumber}
                {demo && <DemoTag />}
              </td>
              <td data-label={t('修订的文件')}>{revises ?? <span className="none">—</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
