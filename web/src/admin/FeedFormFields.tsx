import { AutoComplete, Button, Checkbox, Form, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useIndicators } from '../api/queries';
import type { PlanDocument } from '../api/types';
import { t } from '../shared/i18n';
import type { FeedForm } from './feed-form';

interface Props {
  readonly plan: PlanDocument;
  readonly isNew: boolean;
  /** Of the source, once it was fetched. */
  readonly columns: readonly string[];
  /** Fetches it. */
  readonly look: ReactNode;
}

const needed = () => [{ required: true, message: t('请填写') }];

/** The fields of a feed: where it comes from, what its columns mean, and when it is fetched. */
export function FeedFormFields({ plan, isNew, columns, look }: Props) {
  const from = Form.useWatch<FeedForm['from']>('from');
  const format = Form.useWatch<FeedForm['format']>('format');
  const units = plan.units.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
  return (
    <>
      <div className="two-columns">
        <Form.Item name="id" label={t('编号')} rules={needed()}>
          <Input disabled={!isNew} maxLength={40} />
        </Form.Item>
        <Form.Item name="name" label={t('名称')} rules={needed()}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <div className="two-columns">
        <Form.Item name="from" label={t('来源')}>
          <Segmented
            options={[
              { value: 'address', label: t('地址') },
              { value: 'folder', label: t('文件夹') },
            ]}
          />
        </Form.Item>
        <Form.Item name="format" label={t('格式')}>
          <Segmented
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        </Form.Item>
      </div>
      {from === 'folder' ? (
        <Form.Item
          name="folder"
          label={t('文件夹名称')}
          rules={needed()}
          extra={t('系统管理员所设数据源目录下的文件夹')}
        >
          <Input maxLength={40} />
        </Form.Item>
      ) : (
        <Form.Item name="address" label={t('数据源地址')} rules={needed()} extra={t('https:// 地址，不带账号')}>
          <Input maxLength={1000} />
        </Form.Item>
      )}
      {format === 'json' && (
        <Form.Item name="pointer" label={t('各行所在位置')} extra={t('如 /data/rows；整个文件即各行的，不填')}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      <p>{look}</p>
      <div className="two-columns">
        <Form.Item name="unit" label={t('报送单位')} rules={needed()} extra={t('只报该单位及其下级的数据')}>
          <Select options={units} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="dailyAt" label={t('每日获取时刻')} rules={needed()} extra={t('如 06:30，按规划的时区')}>
          <Input maxLength={5} />
        </Form.Item>
      </div>
      <div className="two-columns">
        <ColumnItem name="unitColumn" label={t('单位列')} columns={columns} />
        <ColumnItem name="periodColumn" label={t('期间列')} columns={columns} />
      </div>
      <Form.Item
        name="unitNames"
        label={t('单位写法对照')}
        extra={t('每行一个，如 莲都=331102；数据源中即单位代码的，不填')}
      >
        <Input.TextArea rows={3} />
      </Form.Item>
      <Form.Item name="skipsOthers" valuePropName="checked">
        <Checkbox>{t('跳过对照表以外的行')}</Checkbox>
      </Form.Item>
      <Figures plan={plan} columns={columns} />
    </>
  );
}

interface ColumnProps {
  readonly name: string | readonly [number, string];
  readonly label: string;
  readonly columns: readonly string[];
  readonly isOptional?: true;
}

/** A column of the source: chosen where the source was fetched, or written. */
function ColumnItem({ name, label, columns, isOptional }: ColumnProps) {
  const path = typeof name === 'string' ? name : [...name];
  return (
    <Form.Item name={path} label={label} rules={isOptional ? [] : needed()}>
      <AutoComplete options={columns.map((column) => ({ value: column }))} />
    </Form.Item>
  );
}

function Figures({ plan, columns }: { readonly plan: PlanDocument; readonly columns: readonly string[] }) {
  const found = useIndicators(plan.plan);
  const indicators = (found.data ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
  return (
    <Form.List name="figures">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }, at) => (
            <fieldset key={key} className="feed-figure">
              <legend>{t('数据 {{number}}', { number: at + 1 })}</legend>
              <Form.Item name={[name, 'code']} label={t('指标')} rules={needed()}>
                <Select options={indicators} showSearch={{ optionFilterProp: 'label' }} />
              </Form.Item>
              <div className="feed-columns">
                <ColumnItem name={[name, 'value']} label={t('数值列')} columns={columns} isOptional />
                <ColumnItem name={[name, 'numerator']} label={t('分子列')} columns={columns} isOptional />
                <ColumnItem name={[name, 'denominator']} label={t('分母列')} columns={columns} isOptional />
              </div>
              {rows.length > 1 && (
                <Button size="small" onClick={() => remove(name)}>
                  {t('删去这项数据')}
                </Button>
              )}
            </fieldset>
          ))}
          <p>
            <Button onClick={() => add({})}>{t('再加一项数据')}</Button>
          </p>
        </>
      )}
    </Form.List>
  );
}
