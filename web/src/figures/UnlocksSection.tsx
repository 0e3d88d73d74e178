import type { Unlock } from '../api/types';
import { moment, today } from '../format';
import { CommandButton } from '../shared/command/CommandButton';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { unitLabel, usePlanHere } from '../state/scope';

/** The unlockings in force, and for those who may: unlock, and lock again. */
export function UnlocksSection({ mayUnlock }: { readonly mayUnlock: boolean }) {
  const plan = usePlanHere();
  const now = today(plan.timeZone);
  const unlocks = (plan.unlocks ?? []).filter(({ until }) => until >= now);
  if (!mayUnlock && unlocks.length === 0) return null;
  const place = { plan: plan.plan, units: plan.units };
  const columns: readonly Column<Unlock>[] = [
    { key: 'unit', title: t('单位'), cell: ({ unit }) => unitLabel(plan.units, unit) },
    { key: 'period', title: t('期间'), cell: ({ period }) => period },
    { key: 'code', title: t('指标'), cell: ({ code }) => code ?? t('全部指标') },
    { key: 'until', title: t('到哪天为止'), cell: ({ until }) => until },
    { key: 'by', title: t('谁解除的'), cell: ({ by, knownAt }) => `${by.name} ${moment(knownAt, plan.timeZone)}` },
    { key: 'reason', title: t('事由'), cell: ({ reason }) => reason ?? t('未填事由') },
    ...(mayUnlock
      ? [
          {
            key: 'end',
            title: t('办理'),
            cell: ({ unit, period, code }: Unlock) => (
              <CommandButton
                command="endUnlocking"
                text={t('恢复锁定')}
                place={place}
                fields={['reason']}
                alsoRequired={['reason']}
                fixed={{ unit, period, ...(code !== undefined && { code }) }}
              >
                <p>{t('恢复后，这个单位这个期间已审核的数据不能再直接更正。')}</p>
              </CommandButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <section className="card unlocks" data-testid="unlocks">
      <div className="section-head">
        <h2>{t('解除锁定')}</h2>
        {mayUnlock && (
          <CommandButton
            command="unlockFigures"
            text={t('解除锁定…')}
            place={place}
            fields={['unit', 'period', 'code', 'until', 'reason', 'evidence']}
            alsoRequired={['reason']}
          >
            <p>
              {t(
                '已审核通过或评估已发布的数据是锁定的。解除后到期为止，这个单位这个期间的数据可以直接更正；解除会记入每个数据的轨迹。',
              )}
            </p>
          </CommandButton>
        )}
      </div>
      <p className="muted">
        {mayUnlock
          ? t('规划管理员可以解除一个单位一个期间的锁定，到某日为止')
          : t('由规划管理员解除；不解除的，有更正权的更正员附事由和依据也可以更正')}
      </p>
      <DataTable
        caption={t('正在生效的解除锁定')}
        columns={columns}
        rows={unlocks}
        rowKey={({ unit, period, code }) => [unit, period, code].join('/')}
        empty={t('没有正在生效的解除锁定')}
        total={t('正在生效 {{count}} 项', { count: unlocks.length })}
      />
    </section>
  );
}
