import { Link } from '@tanstack/react-router';
import { IndicatorLink, ThingLink } from '../app/links';
import { useScope } from '../state/scope';
import { subjectWords } from '../words';
import { resourceOf } from './things';
import { t } from '../shared/i18n';

/** What a finding rests on, each as a link to where it is shown. */
export function GroundList({ grounds }: { readonly grounds: readonly string[] }) {
  return (
    <ul className="plain-list">
      {grounds.map((ground) => (
        <li key={ground}>
          <Ground ground={ground} />
        </li>
      ))}
    </ul>
  );
}

function Ground({ ground }: { readonly ground: string }) {
  const { plan } = useScope();
  const [kind = '', ...parts] = ground.split('/');
  if (kind === 'figure') {
    const [code = '', unit = '', period = ''] = parts;
    return (
      <IndicatorLink code={code} unit={unit} trail={period}>
        {t('指标 {{code}} · {{unit}} · {{period}}', { code, unit, period })}
      </IndicatorLink>
    );
  }
  if (kind === 'snapshot') {
    const [id = '', number = '', code = '', unit = ''] = parts;
    return (
      <Link to="/p/$plan/evaluations/$id" params={{ plan: plan.plan, id }}>
        {t('评估 {{id}} 存档 {{number}} · 指标 {{code}} · {{unit}}', { id, number, code, unit })}
      </Link>
    );
  }
  const resource = resourceOf(kind);
  const id = parts[0] ?? '';
  const text = [subjectWords[kind as keyof typeof subjectWords], id].join(' ');
  return resource ? <ThingLink thing={{ resource, id }}>{text}</ThingLink> : text;
}
