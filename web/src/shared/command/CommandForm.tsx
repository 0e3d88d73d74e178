import { Alert, Button, Form } from 'antd';
import { useState, type ReactNode } from 'react';
import type { CommandAnswer } from '../../api/types';
import { atFields } from '../form-problems';
import { t } from '../i18n';
import { ProblemAlert } from '../ProblemAlert';
import { useSession } from '../../state/session';
import { CommandField, type FormPlace } from './CommandFields';
import { schemaOf, type CommandName } from './commands';
import { dropDraft, keepDraft, keptDraft } from './draft';
import { useCommand } from './use-command';

export interface CommandFormProps {
  readonly command: CommandName;
  /** Parts of the command's address, except the plan. */
  readonly path?: Readonly<Record<string, string>>;
  readonly place: FormPlace;
  /** The fields that are asked, in their order; if absent, all but those for data of the past and for demonstrations. */
  readonly fields?: readonly string[];
  /** Fields that are asked although the command can go without them. */
  readonly alsoRequired?: readonly string[];
  readonly initial?: Readonly<Record<string, unknown>>;
  /** Fields that are sent and not asked. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** The revision of what the form shows: it is refused if somebody changed that since. */
  readonly revision?: number;
  /** Told of what is in the form, at each change of it. */
  readonly onChange?: (values: Readonly<Record<string, unknown>>) => void;
  readonly submitText?: string;
  readonly isDangerous?: boolean;
  readonly onDone?: (answer: CommandAnswer) => void;
  readonly onCancel?: () => void;
  /** Above the fields: what will happen. */
  readonly children?: ReactNode;
}

type Values = Record<string, unknown>;

const seldomAsked = new Set(['knownAt', 'demo', 'translations']);

/** The form of a command: its rules on the fields, the server's problems back on the fields, a draft until it is sent. */
export function CommandForm(props: CommandFormProps) {
  const { command, path = {}, place, initial = {}, fixed = {}, alsoRequired = [], onDone, onCancel, children } = props;
  const { submitText, isDangerous = false, revision, onChange } = props;
  const schema = schemaOf(command);
  const fields =
    props.fields ?? Object.keys(schema.fields).filter((name) => !seldomAsked.has(name) && !(name in fixed));
  const { person } = useSession();
  const draftKey = [person, place.plan, command, ...Object.values(path)].join('/');
  const [draft, setDraft] = useState(() => keptDraft<Values>(draftKey));
  const [form] = Form.useForm<Values>();
  const [refusal, setRefusal] = useState<Error>();
  const sending = useCommand(command);

  const send = (values: Values) => {
    setRefusal(undefined);
    sending.mutate(
      { path: { plan: place.plan, ...path }, body: { ...filled(values), ...fixed }, revision },
      {
        onSuccess: (answer) => {
          dropDraft(draftKey);
          onDone?.(answer);
        },
        onError: (error) => setRefusal(atFields(form, error)),
      },
    );
  };
  return (
    <Form<Values>
      form={form}
      name={command}
      layout="vertical"
      className="own-form command-form"
      initialValues={{ ...initial, ...draft }}
      onValuesChange={(_, values) => {
        keepDraft(draftKey, values);
        onChange?.(values);
      }}
      onFinish={send}
    >
      {children}
      {draft && (
        <Alert
          type="info"
          showIcon
          title={t('已恢复上次没有提交的内容')}
          action={
            <Button
              size="small"
              onClick={() => {
                dropDraft(draftKey);
                setDraft(undefined);
                form.setFieldsValue(Object.fromEntries(fields.map((name) => [name, initial[name]])));
              }}
            >
              {t('不要了')}
            </Button>
          }
        />
      )}
      {refusal && <ProblemAlert error={refusal} />}
      {fields.map((name) => {
        const field = schema.fields[name];
        return (
          field && (
            <CommandField
              key={name}
              name={[name]}
              schema={field}
              isRequired={schema.required.includes(name) || alsoRequired.includes(name)}
              place={place}
            />
          )
        );
      })}
      <div className="form-buttons">
        <Button type="primary" danger={isDangerous} htmlType="submit" loading={sending.isPending}>
          {submitText ?? schema.title}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('取消')}</Button>}
      </div>
    </Form>
  );
}

/** What was filled in: an empty text or list is nothing. */
function filled(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined || value === null || value === '') return [];
      if (Array.isArray(value)) return value.length > 0 ? [[name, value]] : [];
      if (typeof value === 'object') {
        const inner = filled(value as Values);
        return Object.keys(inner).length > 0 ? [[name, inner]] : [];
      }
      return [[name, typeof value === 'string' ? value.trim() : value]];
    }),
  );
}
