import type { FindingNow } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { findingStandingWords, severityWords } from '../words';
import { Facts } from './Facts';
import { GroundList } from './GroundList';
import { Lifecycle } from './Lifecycle';
import { Mark } from './Mark';
import { lightOfFinding } from './reading';
import { StepList } from './StepList';
import { SubjectLink } from './SubjectLink';
import { t } from '../shared/i18n';

export function FindingDetail({ finding }: { readonly finding: FindingNow }) {
  const { severity, standing, subjectType, detail, lines, grounds, raisedBy, answers, closed, because, demo } = finding;
  const { steps } = finding;
  const said = [
    ...answers.map((answer) => ({ ...answer, what: t('答复') })),
    ...(closed ? [{ ...closed, what: t('办结') }] : []),
  ];
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{t('轻重')}</dt>
          <dd>
            <Mark light={lightOfFinding(finding)}>{severityWords[severity]}</Mark>
          </dd>
        </div>
        <div>
          <dt>{t('处理')}</dt>
          <dd>
            <strong>{findingStandingWords[standing]}</strong>
          </dd>
        </div>
        {because !== undefined && (
          <div>
            <dt>{t('撤销的事由')}</dt>
            <dd>{because}</dd>
          </div>
        )}
      </dl>
      {steps && standing !== 'withdrawn' && (
        <section>
          <h2>{t('整改')}</h2>
          <Lifecycle finding={finding} />
        </section>
      )}
      <section>
        <h2>{t('问题')}</h2>
        <Facts
          facts={[
            { name: t('说明'), value: detail },
            {
              name: t('原文位置'),
              value: lines.length > 0 && t('规划文本第 {{lines}} 行', { lines: lines.join(t('、')) }),
            },
            {
              name: t('对象'),
              value: subjectType !== 'plan' && (
                <>
                  <SubjectLink subject={finding} name={undefined} /> {finding.subjectName}
                </>
              ),
            },
            { name: t('所据'), value: grounds && <GroundList grounds={grounds} /> },
            { name: t('提出人'), value: raisedBy },
          ]}
        />
      </section>
      {steps && (
        <section>
          <h2>{t('整改经过')}</h2>
          <StepList steps={steps} />
        </section>
      )}
      <section>
        <h2>{t('答复与办结')}</h2>
        {said.length === 0 ? (
          <p className="muted">{t('还没有答复')}</p>
        ) : (
          <ul className="answers">
            {said.map(({ on, text, by, what }) => (
              <li key={`${what} ${on} ${text}`}>
                <b>{what}</b> {text}
                {demo && <DemoTag />}
                <small className="muted">
                  {on} · {by}
                </small>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
