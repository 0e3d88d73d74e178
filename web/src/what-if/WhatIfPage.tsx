import { useSearch } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import { useMargins, useWhatIf } from '../api/what-if-calls';
import { useSearchChange } from '../app/links';
import { DemoBanner } from '../header/DemoBanner';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitBelowTop, unitLabel, useScope } from '../state/scope';
import { AnswerTables } from './AnswerTables';
import { ChangeForm } from './ChangeForm';
import { ChangeList } from './ChangeList';
import { readChanges, writtenChanges, type Change } from './changes';
import { MarginsTable } from './MarginsTable';

/** What would be otherwise under suppositions, which the address keeps, and how little each verdict takes to flip. */
export function WhatIfPage() {
  const { changes: written, code } = useSearch({ from: '/p/$plan/reading/what-if' });
  const { plan, period, unit, moment, momentText } = useScope();
  const margins = useMargins({ plan: plan.plan, period, moment }, unitBelowTop(unit));
  const change = useSearchChange();
  const changes = readChanges(written);
  const set = (next: readonly Change[]) => change({ changes: writtenChanges(next) });
  const add = (next: Change) => set([...(changes ?? []), next]);
  return (
    <article className="what-if-page" data-testid="what-if">
      <PageHead
        title={t('假设推演')}
        note={t('{{unit}} · {{period}} 期间 · 截至 {{moment}} 掌握的数据', {
          unit: unitLabel(plan.units, unit.code),
          period,
          moment: momentText,
        })}
      />
      <Alert
        showIcon
        type="warning"
        role="note"
        title={t('假设推演：不写入任何记录')}
        description={t('所列数值、目标、权重、阈值均为假设，不是上报的数据；清单保存在网址中')}
      />
      {margins.data?.demo && <DemoBanner />}
      {changes === undefined ? (
        <AddressNotice
          text={t('网址中的假设清单 changes 不合格式')}
          waysOut={[{ text: t('去掉假设'), change: { changes: undefined } }]}
        />
      ) : (
        <>
          <section className="card" aria-labelledby="what-if-asked">
            <h2 id="what-if-asked">{t('假设')}</h2>
            <ChangeForm key={`${unit.code} ${period}`} code={code} add={add} />
            {changes.length === 0 && <p className="muted">{t('还没有假设：请添加，或从下面的翻转余量选“试一试”')}</p>}
            {changes.length > 0 && <Supposed changes={changes} set={set} />}
          </section>
          {changes.length > 0 && <Answer changes={changes} />}
        </>
      )}
      <Margins margins={margins} add={add} />
    </article>
  );
}

interface SupposedProps {
  readonly changes: readonly Change[];
  readonly set: (changes: readonly Change[]) => void;
}

const useAnswer = (changes: readonly Change[]) => {
  const { plan, period, moment } = useScope();
  return useWhatIf({ plan: plan.plan, period, moment }, changes);
};

function Supposed({ changes, set }: SupposedProps) {
  const { data } = useAnswer(changes);
  return (
    <ChangeList changes={changes} made={data?.changes} remove={(at) => set(changes.filter((_, each) => each !== at))} />
  );
}

function Answer({ changes }: { readonly changes: readonly Change[] }) {
  const { data, error, refetch } = useAnswer(changes);
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  return data ? <AnswerTables answer={data} /> : <Skeleton active paragraph={{ rows: 6 }} title={false} />;
}

interface MarginsProps {
  readonly margins: ReturnType<typeof useMargins>;
  readonly add: (change: Change) => void;
}

function Margins({ margins: { data, error, refetch }, add }: MarginsProps) {
  return (
    <section className="card" aria-labelledby="what-if-margins">
      <h2 id="what-if-margins">{t('翻转余量')}</h2>
      <p className="muted">{t('各项判断的填报数（比率为其分子）至少变动多少即改判；由下级或公式算出的不单独给出')}</p>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : data ? (
        <MarginsTable cells={data.cells} add={add} />
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} title={false} />
      )}
    </section>
  );
}
