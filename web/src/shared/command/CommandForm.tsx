import { Alert, Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { CommandAnswer } from '../../api/types';
import { atFields } from '../form-problems';
import { t } from '../i18n';
import { ProblemAlert } from '../ProblemAlert';
import { useSession } from '../../state/session';
import { CommandField, type FormPlace } from './CommandFields';
import { partsOf, schemaOf, type CommandName, type FieldSchema } from './commands';
import { dropDraft, keepDraft, keptDraft } from './draft';
import { useCommand } from './use-command';

export interface CommandFormProps {
  readonly command: CommandName;
  /** Parts of the command's address, except the plan; those that are absent are asked. */
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
  /** Has to be typed before the command can be sent, where it cannot be undone. */
  readonly typed?: string;
  /** Rules of fields of which the server's document says too little for a form. */
  readonly schemas?: Readonly<Record<string, FieldSchema>>;
  readonly onDone?: (answer: CommandAnswer) => void;
  readonly onCancel?: () => void;
  /** Above the fields: what will happen. */
  readonly children?: ReactNode;
}

type Values = Record<string, unknown>;

const seldomAsked = new Set(['knownAt', 'demo', 'translations']);
/** Why, after what. */
const askedLast = ['reason', 'evidence'];

/** The form of a command: its rules on the fields, the server's problems back on the fields, a draft until it is sent. */
export function CommandForm(props: CommandFormProps) {
  const { command, path = {}, place, initial = {}, fixed = {}, alsoRequired = [], onDone, onCancel, children } = props;
  const { submitText, isDangerous = false, revision, onChange, typed, schemas = {} } = props;
  const schema = schemaOf(command);
  const parts = partsOf(schema, { ...(place.plan !== '' && { plan: place.plan }), ...path });
  const named = Object.keys(schema.fields).filter((name) => !seldomAsked.has(name) && !(name in fixed));
  const fields = props.fields ?? [
    ...named.filter((name) => !askedLast.includes(name)),
    ...askedLast.filter((name) => named.includes(name)),
  ];
  const askedFields: Readonly<Record<string, FieldSchema>> = { ...parts, ...schema.fields, ...schemas };
  const asked = [...Object.keys(parts), ...fields];
  const isRequired = (name: string) => name in parts || schema.required.includes(name) || alsoRequired.includes(name);
  const { person } = useSession();
  const draftKey = [person, place.plan, command, ...Object.values(path), JSON.stringify(fixed)].join('/');
  const [draft, setDraft] = useState(() => keptDraft<Values>(draftKey));
  const [form] = Form.useForm<Values>();
  const [refusal, setRefusal] = useState<Error>();
  const [typedText, setTyped] = useState('');
  const sending = useCommand(command);

  const send = (values: Values) => {
    setRefusal(undefined);
    const given = Object.entries(filled(values));
    const ofPath = Object.fromEntries(given.filter(([name]) => name in parts)) as Record<string, string>;
    const body = Object.fromEntries(given.filter(([name]) => !(name in parts)));
    sending.mutate(
      { path: { plan: place.plan, ...path, ...ofPath }, body: { ...body, ...fixed }, revision },
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
        keepDraft(draftKey, differing(values, initial));
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
                form.setFieldsValue(Object.fromEntries(asked.map((name) => [name, initial[name]])));
              }}
            >
              {t('不要了')}
            </Button>
          }
        />
      )}
      {refusal && <ProblemAlert error={refusal} />}
      {asked.map((name) => {
        const field = askedFields[name];
        return (
          field && (
            <CommandField
              key={name}
              name={[name]}
              schema={field}
              isRequired={isRequired(name)}
              beside={asked}
              place={place}
            />
          )
        );
      })}
      {typed !== undefined && (
        <Form.Item label={t('此操作不能恢复。请输入“{{text}}”以确认', { text: typed })} htmlFor="typed-confirmation">
          <Input
            id="typed-confirmation"
            autoComplete="off"
            value={typedText}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Form.Item>
      )}
      <div className="form-buttons">
        <Button
          type="primary"
          danger={isDangerous}
          htmlType="submit"
          loading={sending.isPending}
          disabled={typed !== undefined && typedText.trim() !== typed}
        >
          {submitText ?? schema.title}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('取消')}</Button>}
      </div>
    </Form>
  );
}

/** What was filled in anew. The rest is what was shown, and may be another one when the draft is taken up. */
const differing = (values: Values, initial: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(initial[name])),
  );

/** What was filled in: an empty text or list is nothing. */
function filled(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined || value === null || value === '') return [];
      if (Array.isArray(value)) return value.length > 0 ? [[name, value.map(filledItem)]] : [];
      if (typeof value === 'object') {
        const inner = filled(value as Values);
        return Object.keys(inner).length > 0 ? [[name, inner]] : [];
      }
      return [[name, typeof value === 'string' ? value.trim() : value]];
    }),
  );
}

const filledItem = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? filled(item as Values) : item;
