import type { FindingNow, Programme } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { findingStandingWords, severityWords } from '../words';
import { Facts } from './Facts';
import { Mark } from './Mark';
import { lightOfFinding } from './reading';
import { SubjectLink } from './SubjectLink';
import { subjectName } from './things';

interface Props {
  readonly finding: FindingNow;
  readonly programme: Programme;
}

export function FindingDetail({ finding, programme }: Props) {
  const { severity, standing, subjectType, detail, lines, raisedBy, answers, closed, because, demo } = finding;
  const said = [
    ...answers.map((answer) => ({ ...answer, what: '答复' })),
    ...(closed ? [{ ...closed, what: '办结' }] : []),
  ];
  return (
    <>
      <dl className="standing">
        <div>
          <dt>轻重</dt>
          <dd>
            <Mark light={lightOfFinding(finding)}>{severityWords[severity]}</Mark>
          </dd>
        </div>
        <div>
          <dt>处理</dt>
          <dd>
            <strong>{findingStandingWords[standing]}</strong>
          </dd>
        </div>
        {because !== undefined && (
          <div>
            <dt>撤销的事由</dt>
            <dd>{because}</dd>
          </div>
        )}
      </dl>
      <section>
        <h3>问题</h3>
        <Facts
          facts={[
            { name: '说明', value: detail },
            { name: '原文位置', value: lines.length > 0 && `规划文本第 ${lines.join('、')} 行` },
            {
              name: '对象',
              value: subjectType !== 'plan' && (
                <>
                  <SubjectLink subject={finding} name={undefined} /> {subjectName(programme, finding)}
                </>
              ),
            },
            { name: '提出人', value: raisedBy },
          ]}
        />
      </section>
      <section>
        <h3>答复与办结</h3>
        {said.length === 0 ? (
          <p className="muted">还没有答复</p>
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
