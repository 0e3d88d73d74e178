import { usePlans } from '../api/queries';
import { day } from '../format';
import { ownTimeZone } from '../shared/own-time-zone';
import { useSession } from '../state/session';
import { roleLines } from '../words';
import { UnitName } from './UnitName';
import { t } from '../shared/i18n';

export function RolesSection() {
  const { roles, person } = useSession();
  const plans = usePlans();
  const titleOf = (plan: string) => plans.data?.find((each) => each.plan === plan)?.title ?? plan;
  return (
    <section aria-labelledby="own-roles">
      <h2 id="own-roles">{t('角色')}</h2>
      {roles.length === 0 ? (
        <p>{t('还没有角色：请安全管理员授予（人员编号 {{person}}）', { person })}</p>
      ) : (
        <ul className="own-roles">
          {roles.map(({ role, label, plan, unit, until, needsSecondFactor }) => (
            <li key={`${role} ${plan ?? ''} ${unit ?? ''}`}>
              <b>{label}</b> {roleLines[role]}
              <small className="muted">
                {plan !== undefined && titleOf(plan)}
                {unit !== undefined && (
                  <>
                    {' '}
                    · <UnitName plan={plan} unit={unit} />
                  </>
                )}
                {until !== undefined && ` · ${t('至 {{day}}', { day: day(until, ownTimeZone) })}`}
                {needsSecondFactor && <em> {t('须两步验证后生效')}</em>}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
