import { Descriptions } from 'antd';
import type { PlanDocument } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { enumWords } from '../shared/command/enum-words';
import { t } from '../shared/i18n';
import { mayAnywhere, useSession } from '../state/session';
import { planPlace } from './plan-choices';
import { SettingsTrail } from './SettingsTrail';

const events = new Set(['PublicationSet']);
/** As the server has it for a plan that says nothing. */
const usual: NonNullable<PlanDocument['publication']> = { parts: ['judgements'] };

/** What of the plan's published evaluations is public. */
export function PublicationSection({ plan }: { readonly plan: PlanDocument }) {
  const mayDefine = mayAnywhere(useSession(), ['plans.define'], plan.plan);
  const { parts, indicators } = plan.publication ?? usual;
  return (
    <section className="card rules-section" aria-labelledby="publication">
      <h2 id="publication">
        {t('公开范围')}
        {!plan.publication && <span className="muted">{t('系统默认')}</span>}
      </h2>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'always', label: t('总是公开'), children: t('综合指数、总体判断、主要指标的本级数值') },
          {
            key: 'parts',
            label: t('另外公开'),
            children: parts.length === 0 ? '—' : parts.map((part) => enumWords.parts?.[part] ?? part).join(t('、')),
          },
          { key: 'indicators', label: t('公开的指标'), children: indicators?.join(t('、')) ?? t('全部主要指标') },
          { key: 'never', label: t('从不公开'), children: t('个人姓名、佐证材料、对规划文本的疑点') },
        ]}
      />
      {mayDefine && (
        <CommandButton
          command="setPublication"
          text={t('设定公开范围')}
          place={planPlace(plan)}
          initial={{ parts, ...(indicators && { indicators }) }}
          alsoRequired={['reason']}
        />
      )}
      <SettingsTrail plan={plan} resource="plans" types={events} title={t('公开范围的各版')} />
    </section>
  );
}
