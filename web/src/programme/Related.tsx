import { ThingLink } from '../app/links';
import type { ThingOf } from '../api/programme-calls';
import type { Programme } from '../api/types';
import { DemoTag } from '../shared/DemoTag';
import { checkWords, findingStandingWords, severityWords } from '../words';
import { Mark } from './Mark';
import { lightOfFinding, lightOfSeverity } from './reading';
import { isAbout } from './things';
import { t } from '../shared/i18n';

interface Props {
  readonly thing: ThingOf;
  readonly programme: Programme;
}

/** Findings and checks about an item. */
export function Related({ thing, programme }: Props) {
  const checks = programme.checks.filter((check) => isAbout(check, thing));
  const findings = programme.findings.filter((finding) => isAbout(finding, thing));
  if (checks.length + findings.length === 0) return null;
  return (
    <section>
      <h2>{t('有关的问题与核查')}</h2>
      <ul className="answers">
        {checks.map(({ check, severity, text, demo }) => (
          <li key={check + text}>
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
