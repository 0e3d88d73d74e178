import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Unit } from '../../api/types';
import { t } from '../i18n';
import { hintOf, labelOf, type FieldSchema } from './commands';
import { enumWords } from './enum-words';
import { EvidenceField } from './EvidenceField';
import { decidingField } from './shown-fields';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Where a form stands: what its fields offer for choice. */
export interface FormPlace {
  readonly plan: string;
  /** The unit that the command is about, for which evidence is kept. */
  readonly unit?: string;
  readonly units: readonly Pick<Unit, 'code' | 'name'>[];
  /** What is chosen from in fields of these names, such as `area` or `role`. */
  readonly choices?: Readonly<Record<string, readonly Choice[]>>;
}

type Name = readonly (string | number)[];

interface Props {
  /** Within the list around it, if there is one. */
  readonly name: Name;
  /** In the whole form; the name, if absent. */
  readonly at?: Name;
  readonly schema: FieldSchema;
  readonly isRequired: boolean;
  readonly place: FormPlace;
  /** The fields beside it. */
  readonly beside?: readonly string[];
}

/** One field of a command, as its rules say; where another field decides that it is not asked, none. */
export function CommandField(props: Props) {
  const { name, at = name, beside = [] } = props;
  const deciding = decidingField(String(name.at(-1)), beside);
  if (!deciding) return <AskedField {...props} />;
  const decidedAt = [...at.slice(0, -1), deciding.field];
  return (
    <Form.Item noStyle shouldUpdate>
      {({ getFieldValue }) =>
        deciding.values.includes(String(getFieldValue(decidedAt))) ? <AskedField {...props} /> : null
      }
    </Form.Item>
  );
}

function AskedField({ name, at = name, schema, isRequired, place }: Props) {
  const field = String(name.at(-1));
  const label = labelOf(field, schema);
  if (schema.type === 'boolean') return <BooleanField {...{ name, schema, label, isRequired }} />;
  if (schema.properties) {
    return (
      <fieldset className="nested-fields">
        <legend>
          {label}
          {!isRequired && <span className="muted">{t('（可不填）')}</span>}
        </legend>
        {hintOf(schema) !== undefined && <p className="muted">{hintOf(schema)}</p>}
        <Fields name={name} at={at} schema={schema} isRequired={isRequired} place={place} />
      </fieldset>
    );
  }
  if (field === 'evidence') {
    return (
      <Form.Item
        name={[...name]}
        label={label}
        rules={isRequired ? [{ required: true, message: t('请附{{label}}', { label }) }] : []}
      >
        <EvidenceField plan={place.plan} unit={place.unit} />
      </Form.Item>
    );
  }
  if (schema.type === 'array' && schema.items?.properties) {
    return <ListField {...{ name, at, label, isRequired, place }} schema={schema.items} hint={hintOf(schema)} />;
  }
  return (
    <Form.Item name={[...name]} label={label} extra={hintOf(schema)} rules={rulesOf(label, schema, isRequired)}>
      {controlOf(field, schema, place)}
    </Form.Item>
  );
}

function Fields({ name, at = name, schema, isRequired, place }: Omit<Props, 'beside'>) {
  const fields = schema.properties ?? {};
  return Object.entries(fields).map(([inner, of]) => (
    <CommandField
      key={inner}
      name={[...name, inner]}
      at={[...at, inner]}
      schema={of}
      isRequired={isRequired && (schema.required ?? []).includes(inner)}
      beside={Object.keys(fields)}
      place={place}
    />
  ));
}

interface BooleanProps extends Pick<Props, 'name' | 'schema' | 'isRequired'> {
  readonly label: string;
}

/** What must be said is said either way; what need not is ticked. */
function BooleanField({ name, schema, label, isRequired }: BooleanProps) {
  if (!isRequired) {
    return (
      <Form.Item name={[...name]} valuePropName="checked">
        <Checkbox>{schema.description ?? label}</Checkbox>
      </Form.Item>
    );
  }
  return (
    <Form.Item
      name={[...name]}
      label={label}
      extra={hintOf(schema)}
      rules={[{ required: true, message: t('请选择{{label}}', { label }) }]}
    >
      <Radio.Group
        options={[
          { value: true, label: t('是') },
          { value: false, label: t('否') },
        ]}
      />
    </Form.Item>
  );
}

interface ListProps extends Omit<Props, 'beside'> {
  readonly at: Name;
  readonly label: string;
  readonly hint: string | undefined;
}

/** A list of things of the same fields. */
function ListField({ name, at, label, hint, schema, place }: ListProps) {
  return (
    <Form.List name={[...name]}>
      {(items, { add, remove }) => (
        <fieldset className="nested-fields">
          <legend>
            {label}
            {items.length > 0 && <span className="muted">{t('（{{count}} 项）', { count: items.length })}</span>}
          </legend>
          {hint !== undefined && <p className="muted">{hint}</p>}
          {items.map((item) => (
            <div key={item.key} className="nested-item">
              <Fields name={[item.name]} at={[...at, item.name]} schema={schema} isRequired place={place} />
              <Button
                size="small"
                aria-label={t('去掉{{label}}第 {{row}} 项', { label, row: item.name + 1 })}
                onClick={() => remove(item.name)}
              >
                {t('去掉')}
              </Button>
            </div>
          ))}
          <Button size="small" onClick={() => add({})}>
            {t('添加{{label}}', { label })}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

const unitFields = new Set(['unit', 'owner', 'parent', 'into', 'units']);
const dayPattern = '^\\d{4}-\\d{2}-\\d{2}(T';

function controlOf(field: string, schema: FieldSchema, { units, choices = {} }: FormPlace): ReactNode {
  const { type, enum: values, items, format, pattern = '', maxLength = 0, example, minimum, maximum } = schema;
  const placeholder = typeof example === 'string' ? t('如：{{example}}', { example }) : undefined;
  const options =
    choices[field] ??
    (unitFields.has(field) && units.length > 0
      ? units.map(({ code, name }) => ({ value: code, label: t('{{name}}（{{code}}）', { name, code }) }))
      : undefined);
  if (options) {
    return (
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        mode={type === 'array' ? 'multiple' : undefined}
        options={[...options]}
      />
    );
  }
  if (type === 'array') {
    const listed = items?.enum?.map((value) => ({ value, label: enumWords[field]?.[value] ?? value }));
    return <Select mode={listed ? 'multiple' : 'tags'} options={listed} open={listed ? undefined : false} />;
  }
  if (values) {
    return (
      <Select allowClear options={values.map((value) => ({ value, label: enumWords[field]?.[value] ?? value }))} />
    );
  }
  if (format === 'date' || pattern.startsWith(dayPattern)) return <DayInput />;
  if (type === 'number' || type === 'integer') return <InputNumber min={minimum} max={maximum} />;
  if (maxLength >= 500) return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={maxLength} />;
  return <Input placeholder={placeholder} maxLength={maxLength || undefined} />;
}

interface DayProps {
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
  readonly id?: string;
}

/** A day as the text `YYYY-MM-DD`. */
export function DayInput({ value, onChange, id }: DayProps) {
  return (
    <DatePicker
      id={id}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY年M月D日']}
      value={value === undefined ? null : dayjs(value)}
      onChange={(date) => onChange?.(date ? date.format('YYYY-MM-DD') : undefined)}
      onKeyDown={takeDay}
    />
  );
}

/** Enter takes the day that was typed; it does not send the form too. */
function takeDay(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter') event.preventDefault();
}

function rulesOf(label: string, { pattern, type, format, enum: values }: FieldSchema, isRequired: boolean) {
  return [
    ...(isRequired
      ? [
          // A rule about white space would take a number for no text.
          { required: true, ...(type === 'string' && { whitespace: true }), message: t('请填写{{label}}', { label }) },
        ]
      : []),
    ...(pattern !== undefined && format !== 'date' && !values
      ? [{ pattern: new RegExp(pattern, 'u'), message: t('{{label}}的写法不对', { label }) }]
      : []),
  ];
}
