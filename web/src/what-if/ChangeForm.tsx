import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useIndicators } from '../api/queries';
import { t } from '../shared/i18n';
import { named } from '../shared/translated';
import { useScope } from '../state/scope';
import { valueOf, type Change, type Kind } from './changes';
import { kindWords, thresholdChoices } from './words';

interface Props {
  /** The indicator that the page was opened from. */
  readonly code: string | undefined;
  readonly add: (change: Change) => void;
}

const ofThing: ReadonlySet<Kind> = new Set(['withdraw', 'value', 'target', 'target-version']);

/** Adds a supposition. What it takes depends on its kind; whether it holds is the server's to say. */
export function ChangeForm({ code: given, add }: Props) {
  const { plan, period: shown, unit: chosen } = useScope();
  const indicators = (useIndicators(plan.plan).data ?? []).map((each) => named(each));
  const [kind, setKind] = useState<Kind>('value');
  const [code, setCode] = useState(given);
  const [unit, setUnit] = useState(chosen.code);
  const [period, setPeriod] = useState(shown);
  const [threshold, setThreshold] = useState<string>();
  const [text, setText] = useState('');
  const needsCode = ofThing.has(kind) || kind === 'weight';
  const isVersion = kind === 'target-version' || kind === 'rules';
  const isWhole =
    (!needsCode || code !== undefined) &&
    (kind !== 'threshold' || threshold !== undefined) &&
    (kind === 'withdraw' || (isVersion ? /^\d{1,5}$/.test(text.trim()) : text.trim() !== ''));
  const change = (): Change => ({
    kind,
    ...(needsCode && { code }),
    ...(ofThing.has(kind) && { unit, period: period.trim() }),
    ...(kind === 'threshold' && { threshold: threshold as Change['threshold'] }),
    ...(isVersion ? { version: Number(text) } : kind !== 'withdraw' && valueOf(kind, text)),
  });
  return (
    <form
      className="audit-form what-if-form"
      aria-label={t('添加假设')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole) return;
        add(change());
        setText('');
      }}
    >
      <label>
        {t('假设')}
        <Select
          aria-label={t('假设')}
          value={kind}
          options={Object.entries(kindWords).map(([value, label]) => ({ value: value as Kind, label }))}
          onChange={setKind}
        />
      </label>
      {needsCode && (
        <label>
          {t('指标')}
          <Select
            showSearch
            optionFilterProp="label"
            aria-label={t('指标')}
            placeholder={t('请选')}
            value={code}
            options={indicators.map((each) => ({ value: each.code, label: `${each.code} ${each.name}` }))}
            onChange={setCode}
          />
        </label>
      )}
      {ofThing.has(kind) && (
        <>
          <label>
            {t('单位')}
            <Select
              showSearch
              optionFilterProp="label"
              aria-label={t('单位')}
              value={unit}
              options={plan.units.map((each) => ({ value: each.code, label: `${each.code} ${each.name}` }))}
              onChange={setUnit}
            />
          </label>
          <label>
            {t('期间')}
            <Input value={period} onChange={({ target }) => setPeriod(target.value)} />
          </label>
        </>
      )}
      {kind === 'threshold' && (
        <label>
          {t('阈值')}
          <Select
            showSearch
            optionFilterProp="label"
            aria-label={t('阈值')}
            placeholder={t('请选')}
            value={threshold}
            options={thresholdChoices}
            onChange={setThreshold}
          />
        </label>
      )}
      {kind !== 'withdraw' && (
        <label>
          {isVersion ? t('第几版') : t('假设值')}
          <Input
            value={text}
            placeholder={kind === 'value' ? t('如 55；比率也可写 2140/3891') : undefined}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
      )}
      <div className="audit-days">
        <Button type="primary" htmlType="submit" disabled={!isWhole}>
          {t('添加假设')}
        </Button>
      </div>
    </form>
  );
}
