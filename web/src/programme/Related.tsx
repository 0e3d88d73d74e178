import { ThingLink } from '../app/links';
import type { Thing } from '../api/programme-calls';
import { DemoTag } from '../shared/DemoTag';
import { checkWords, findingStandingWords, severityWords } from '../words';
import { Mark } from './Mark';
import { lightOfFinding, lightOfSeverity } from './reading';
import { t } from '../shared/i18n';

type Props = Pick<Thing['found'], 'checks' | 'findings'>;

/** Findings and checks about an item. */
export function Related({ checks, findings }: Props) {
  if (checks.length + findings.length === 0) return null;
  return (
    <section>
      <h2>{t('有关的问题与核查')}</h2>
      <ul className="answers">
        {checks.map(({ id, check, severity, text, demo }) => (
          <li key={id}>
            <Mark light={lightOfSeverity[severity]}>{severityWords[severity]}</Mark> <b>{checkWords[check]}</b> {text}
            {demo && <DemoTag />}
          </li>
        ))}
        {findings.map(({ id, severity, title, standing }) => (
          <li key={id}>
            <Mark light={lightOfFinding({ severity, standing })}>{severityWords[severity]}</Mark>{' '}
            <ThingLink thing={{ resource: 'findings', id }}>
              {id} {title}
            </ThingLink>{' '}
            <small className="muted">{findingStandingWords[standing]}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
