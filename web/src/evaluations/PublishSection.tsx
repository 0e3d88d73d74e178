import { Checkbox, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useJudgement, useOpenPoints } from '../api/evaluation-calls';
import type { Evaluation } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { said } from '../shared/said';

interface Props {
  readonly evaluation: Evaluation;
  readonly isOpen: boolean;
}

/** Publishing with what is open accepted by name, and superseding; nothing for whom may do neither. */
export function PublishSection({ evaluation, isOpen }: Props) {
  const plan = usePlanHere();
  const mayPublish = useMay('evaluations.publish', plan.plan) && isOpen;
  const maySupersede = useMay('evaluations.supersede', plan.plan) && evaluation.supersededBy === undefined;
  const last = evaluation.snapshots.length;
  const [chosen, setChosen] = useState<number>();
  const number = chosen ?? last;
  if (!mayPublish && !maySupersede) return null;
  return (
    <section className="card" aria-labelledby="publish" data-testid="publish">
      <h2 id="publish">{t('发布与接替')}</h2>
      {mayPublish && last === 0 && <p className="muted">{t('先生成存档，再发布')}</p>}
      {mayPublish && last > 0 && (
        <>
          <label className="chooser">
            <span className="chooser-label">{t('发布的存档')}</span>
            <Select
              aria-label={t('发布的存档')}
              value={number}
              options={evaluation.snapshots.map((each) => ({
                value: each.number,
                label: t('存档 {{number}}', { number: each.number }),
              }))}
              onChange={setChosen}
            />
          </label>
          <Publishing key={number} id={evaluation.id} number={number} />
        </>
      )}
      {maySupersede && (
        <CommandButton
          command="supersedeEvaluation"
          text={t('由另一评估接替')}
          isDangerous
          path={{ id: evaluation.id }}
          place={{ plan: plan.plan, units: plan.units }}
          fields={['by', 'reason', 'evidence']}
          alsoRequired={['reason']}
        />
      )}
    </section>
  );
}

function Publishing({ id, number }: { readonly id: string; readonly number: number }) {
  const plan = usePlanHere();
  const points = useOpenPoints(plan.plan, id, number);
  const judgement = useJudgement(plan.plan, id);
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  if (points.error) return <ProblemAlert error={points.error} retry={() => void points.refetch()} />;
  if (!points.data) return <Skeleton active paragraph={{ rows: 2 }} title={false} />;
  const open = points.data;
  const named = ({ id: point, text }: (typeof open)[number]) => {
    const item = judgement.data?.items.find((each) => `disagreement:${each.item}` === point);
    return said(item ? text.replace(item.item, item.name) : text);
  };
  return (
    <>
      {open.length > 0 && (
        <fieldset className="open-points">
          <legend>{t('尚有 {{count}} 项未了结，请办结或逐项接受', { count: open.length })}</legend>
          <Checkbox.Group
            value={[...accepted]}
            onChange={setAccepted}
            options={open.map((point) => ({ value: point.id, label: named(point) }))}
          />
        </fieldset>
      )}
      <CommandButton
        command="publishEvaluation"
        text={t('发布评估')}
        type="primary"
        path={{ id }}
        place={{ plan: plan.plan, units: plan.units }}
        fixed={{ snapshot: number, acceptWarnings: accepted }}
        fields={['reason', 'evidence']}
      >
        <p className="muted">{t('发布后内容不再改动，该期间的数据锁定')}</p>
      </CommandButton>
    </>
  );
}
