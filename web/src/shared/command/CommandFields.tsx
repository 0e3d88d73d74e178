import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Unit } from '../../api/types';
import { t } from '../i18n';
import { hintOf, labelOf, type FieldSchema } from './commands';
import { enumWords } from './enum-words';
import { EvidenceField } from './EvidenceField';

/** Where a form stands: what its fields offer for choice. */
export interface FormPlace {
  readonly plan: string;
  /** The unit that the command is about, for which evidence is kept. */
  readonly unit?: string;
  readonly units: readonly Unit[];
}

type Name = readonly (string | number)[];

interface Props {
  readonly name: Name;
  readonly schema: FieldSchema;
  readonly isRequired: boolean;
  readonly place: FormPlace;
}

/** One field of a command, as its rules say. */
export function CommandField({ name, schema, isRequired, place }: Props) {
  const field = String(name.at(-1));
  const label = labelOf(field, schema);
  if (schema.type === 'boolean') {
    return (
      <Form.Item name={[...name]} valuePropName="checked">
        <Checkbox>{schema.description ?? label}</Checkbox>
      </Form.Item>
    );
  }
  if (schema.properties) {
    return (
      <fieldset className="nested-fields">
        <legend>{label}</legend>
        {Object.entries(schema.properties).map(([inner, of]) => (
          <CommandField
            key={inner}
            name={[...name, inner]}
            schema={of}
            isRequired={isRequired && (schema.required ?? []).includes(inner)}
            place={place}
          />
        ))}
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
    return <ListField name={name} label={label} schema={schema.items} place={place} />;
  }
  return (
    <Form.Item name={[...name]} label={label} extra={hintOf(schema)} rules={rulesOf(label, schema, isRequired)}>
      {controlOf(field, schema, place)}
    </Form.Item>
  );
}

/** A list of things of the same fields. */
function ListField({ name, label, schema, place }: Omit<Props, 'isRequired'> & { readonly label: string }) {
  return (
    <Form.List name={[...name]}>
      {(items, { add, remove }) => (
        <fieldset className="nested-fields">
          <legend>{label}</legend>
          {items.map((item) => (
            <div key={item.key} className="nested-item">
              {Object.entries(schema.properties ?? {}).map(([inner, of]) => (
                <CommandField
                  key={inner}
                  name={[item.name, inner]}
                  schema={of}
                  isRequired={(schema.required ?? []).includes(inner)}
                  place={place}
                />
              ))}
              <Button size="small" onClick={() => remove(item.name)}>
                {t('去掉')}
              </Button>
            </div>
          ))}
          <Button size="small" onClick={() => add({})}>
            {t('添加')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

const unitFields = new Set(['unit', 'owner', 'parent', 'into', 'units']);
const dayPattern = '^\\d{4}-\\d{2}-\\d{2}(T';

function controlOf(field: string, schema: FieldSchema, { units }: FormPlace): ReactNode {
  const { type, enum: values, items, format, pattern = '', maxLength = 0, example, minimum, maximum } = schema;
  const placeholder = typeof example === 'string' ? t('如：{{example}}', { example }) : undefined;
  if (unitFields.has(field) && units.length > 0) {
    const options = units.map(({ code, name }) => ({ value: code, label: t('{{name}}（{{code}}）', { name, code }) }));
    return (
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        mode={type === 'array' ? 'multiple' : undefined}
        options={options}
      />
    );
  }
  if (type === 'array') {
    const options = items?.enum?.map((value) => ({ value, label: enumWords[field]?.[value] ?? value }));
    return <Select mode={options ? 'multiple' : 'tags'} options={options} />;
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
function DayInput({ value, onChange, id }: DayProps) {
  return (
    <DatePicker
      id={id}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY年M月D日']}
      value={value === undefined ? null : dayjs(value)}
      onChange={(date) => onChange?.(date ? date.format('YYYY-MM-DD') : undefined)}
    />
  );
}

function rulesOf(label: string, { pattern, type, format, enum: values }: FieldSchema, isRequired: boolean) {
  return [
    ...(isRequired
      ? [{ required: true, whitespace: type === 'string', message: t('请填写{{label}}', { label }) }]
      : []),
    ...(pattern !== undefined && format !== 'date' && !values
      ? [{ pattern: new RegExp(pattern, 'u'), message: t('{{label}}的写法不对', { label }) }]
      : []),
  ];
}
