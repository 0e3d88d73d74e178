import { AutoComplete, Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useAuditChoices } from '../api/audit-calls';
import { useIndicators } from '../api/queries';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { usualSort, type AuditSearch } from './question';

const dayForms = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY年M月D日'];

/** What is asked of the audit trail; the address has it once it is sent. */
export function AuditForm({ search }: { readonly search: AuditSearch }) {
  const plan = usePlanHere();
  const change = useSearchChange();
  const choices = useAuditChoices(plan.plan).data;
  const indicators = useIndicators(plan.plan).data ?? [];
  const [asked, setAsked] = useState<AuditSearch>(search);
  const people = choices?.people ?? [];
  const set = (part: AuditSearch) => setAsked((before) => ({ ...before, ...part }));
  /** What is chosen, not typed, is asked at once. */
  const ask = (part: AuditSearch) => {
    const next = { ...asked, ...part };
    setAsked(next);
    send(next);
  };
  const send = (of: AuditSearch) =>
    change(Object.fromEntries(Object.entries(of).map(([key, value]) => [key, value?.trim() || undefined])));
  const personName = people.find(({ id }) => id === asked.person)?.name ?? asked.person;
  return (
    <form
      className="audit-form"
      role="search"
      aria-label={t('查询条件')}
      onSubmit={(event) => {
        event.preventDefault();
        send(asked);
      }}
    >
      <label>
        {t('经办人')}
        <AutoComplete
          allowClear
          aria-label={t('经办人')}
          placeholder={t('姓名的一部分')}
          value={personName}
          options={people
            .filter(({ name, id }) => name.includes(personName ?? '') || id === asked.person)
            .slice(0, 30)
            .map(({ id, name }) => ({
              value: id,
              label: id === name ? name : t('{{name}}（{{code}}）', { name, code: id }),
            }))}
          onSelect={(id?: string) => ask({ person: id })}
          onChange={(text?: string) => set({ person: text })}
        />
      </label>
      <label>
        {t('单位')}
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          aria-label={t('单位')}
          placeholder={t('全部')}
          value={asked.unit}
          options={plan.units.map(({ code, name }) => ({
            value: code,
            label: t('{{name}}（{{code}}）', { name, code }),
          }))}
          onChange={(unit?: string) => ask({ unit })}
        />
      </label>
      <label>
        {t('动作')}
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          aria-label={t('动作')}
          placeholder={t('全部')}
          value={asked.kind}
          options={(choices?.actions ?? []).map(({ label }) => ({ value: label, label: t(label) }))}
          onChange={(kind?: string) => ask({ kind })}
        />
      </label>
      <label>
        {t('指标')}
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          aria-label={t('指标')}
          placeholder={t('全部')}
          value={asked.code}
          options={indicators.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
          onChange={(code?: string) => ask({ code })}
        />
      </label>
      <label>
        {t('期间')}
        <Input
          allowClear
          placeholder={t('如 2022，含其中更短的期间')}
          value={asked.period}
          onChange={({ target }) => set({ period: target.value })}
        />
      </label>
      <label>
        {t('事由、依据或内容中的文字')}
        <Input allowClear maxLength={100} value={asked.q} onChange={({ target }) => set({ q: target.value })} />
      </label>
      <Days
        label={t('掌握日期')}
        from={asked.knownFrom}
        to={asked.knownTo}
        onChange={(knownFrom, knownTo) => ask({ knownFrom, knownTo })}
      />
      <Days
        label={t('录入日期')}
        from={asked.recordedFrom}
        to={asked.recordedTo}
        onChange={(recordedFrom, recordedTo) => ask({ recordedFrom, recordedTo })}
      />
      <label>
        {t('排序')}
        <Select
          aria-label={t('排序')}
          value={asked.sort ?? usualSort}
          options={[
            { value: '-recorded', label: t('录入时间，由近及远') },
            { value: 'recorded', label: t('录入时间，由远及近') },
            { value: '-known', label: t('掌握时间，由近及远') },
            { value: 'known', label: t('掌握时间，由远及近') },
          ]}
          onChange={(sort: string) => ask({ sort: sort === usualSort ? undefined : sort })}
        />
      </label>
      <div className="audit-days">
        <Checkbox
          checked={asked.corrections === 'true'}
          onChange={({ target }) => ask({ corrections: target.checked ? 'true' : undefined })}
        >
          {t('只看更正、退回、撤回、修改')}
        </Checkbox>
        <Button type="primary" htmlType="submit">
          {t('查询')}
        </Button>
      </div>
    </form>
  );
}

interface DaysProps {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onChange: (from: string | undefined, to: string | undefined) => void;
}

/** A range of days, both included; one end is enough. */
function Days({ label, from, to, onChange }: DaysProps) {
  const value = (text: string | undefined) => (text === undefined || !dayjs(text).isValid() ? null : dayjs(text));
  return (
    <div>
      <span className="muted">{label}</span>
      <div className="audit-days">
        <DatePicker
          aria-label={t('{{label}}自', { label })}
          placeholder={t('自')}
          format={dayForms}
          value={value(from)}
          onChange={(date) => onChange(date?.format('YYYY-MM-DD'), to)}
        />
        <DatePicker
          aria-label={t('{{label}}至', { label })}
          placeholder={t('至')}
          format={dayForms}
          value={value(to)}
          onChange={(date) => onChange(from, date?.format('YYYY-MM-DD'))}
        />
      </div>
    </div>
  );
}
