import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useSetFeed, useTryFeed } from '../api/feed-calls';
import type { Feed, PlanDocument } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { emptyForm, formOf, settingsOf, trialOf, type FeedForm } from './feed-form';
import { FeedFormFields } from './FeedFormFields';
import { FeedTrialView } from './FeedTrialView';

interface Props {
  readonly plan: PlanDocument;
  /** The feed that is changed; absent for a new one. */
  readonly feed?: Feed;
}

/** Sets a feed: its source is fetched, its columns are shown and mapped, and what would be reported is tried out. */
export function FeedFormButton({ plan, feed }: Props) {
  const [isOpen, setOpen] = useState(false);
  const initial = feed ? formOf(feed) : emptyForm;
  const text = feed ? t('修改') : t('设定数据源');
  return (
    <>
      <Button
        size={feed ? 'small' : 'middle'}
        type={feed ? 'default' : 'primary'}
        disabled={!initial}
        title={initial ? undefined : t('由文件设定，请改文件后用命令行 feed-define 修改')}
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      {isOpen && initial && <FeedDialog plan={plan} initial={initial} text={text} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly plan: PlanDocument;
  readonly initial: FeedForm;
  readonly text: string;
  readonly onClose: () => void;
}

function FeedDialog({ plan, initial, text, onClose }: DialogProps) {
  const [form] = Form.useForm<FeedForm>();
  const looking = useTryFeed(plan.plan);
  const trying = useTryFeed(plan.plan);
  const setting = useSetFeed(plan.plan);
  const isNew = initial.id === undefined;
  const whole = () => form.getFieldsValue(true) as FeedForm;
  const set = (values: FeedForm) =>
    setting.mutate({ id: values.id ?? '', settings: settingsOf(values) }, { onSuccess: onClose });
  const failed = setting.error ?? trying.error ?? looking.error;
  const trial = trying.data ?? looking.data;
  return (
    <Modal open title={text} width={860} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<FeedForm> form={form} layout="vertical" initialValues={initial} onFinish={() => set(whole())}>
        <FeedFormFields
          plan={plan}
          isNew={isNew}
          columns={looking.data?.columns ?? []}
          look={
            <Button
              loading={looking.isPending}
              onClick={() => {
                trying.reset();
                looking.mutate(trialOf(whole(), false));
              }}
            >
              {t('试获取')}
            </Button>
          }
        />
        {failed && <ProblemAlert error={failed} />}
        {trial && <FeedTrialView trial={trial} />}
        <div className="form-actions row-actions">
          <Button loading={trying.isPending} onClick={() => trying.mutate(trialOf(whole(), true))}>
            {t('逐行试报')}
          </Button>
          <Button type="primary" htmlType="submit" loading={setting.isPending}>
            {text}
          </Button>
          <Button onClick={onClose}>{t('取消')}</Button>
        </div>
      </Form>
    </Modal>
  );
}
