import { Alert, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useMakeLink, useRename, type LinkPurpose } from '../api/people-calls';
import type { InvitationAnswer, Person } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { atFields } from '../shared/form-problems';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayAnywhere, useSession } from '../state/session';
import { OneTimeLink } from './OneTimeLink';
import { peoplePlace, useScopes } from './places';

const withReason = ['reason'];

/** What a system administrator does about a person. */
export function PersonActions({ person: given }: { readonly person: Person }) {
  const session = useSession();
  const scopes = useScopes();
  const { id: person, name, unit, ended, erased, waysIn } = given;
  const place = peoplePlace(scopes);
  const common = { path: { person }, place, alsoRequired: withReason };
  const may = (permission: Parameters<typeof mayAnywhere>[1][number]) => mayAnywhere(session, [permission]);
  if (erased) return null;
  return (
    <div className="person-actions">
      {may('people.invite') && !ended && (
        <>
          <RenameButton person={person} name={name} />
          <CommandButton
            {...common}
            command="movePerson"
            text={t('调动单位')}
            initial={{ unit }}
            submitText={t('登记调动')}
          >
            <p className="muted">{t('只改所在单位，不改角色：角色随岗位变动的，请安全管理员办理')}</p>
          </CommandButton>
          <LinkButton person={person} name={name} hasAccount={waysIn.accounts.length > 0} />
          {waysIn.hasSecondFactor && (
            <CommandButton {...common} command="resetSecondFactor" text={t('重置两步验证')}>
              <Alert
                type="warning"
                showIcon
                title={t('请先核实确系本人遗失了验证器和恢复码；重置后本人须重新启用，管理员角色在此之前不生效')}
              />
            </CommandButton>
          )}
        </>
      )}
      {may('people.end-access') && !ended && (
        <CommandButton {...common} command="endAccess" text={t('终止访问')} isDangerous>
          <Alert
            type="warning"
            showIcon
            title={t('一秒之内，{{name}}的全部会话、令牌和角色一并终止', { name })}
            description={t('其录入、审核和经办的一切原样保留，不改动任何一条。确需恢复的，须另行邀请')}
          />
        </CommandButton>
      )}
      {may('people.erase') && ended && (
        <CommandButton {...common} command="erasePerson" text={t('注销姓名')} isDangerous typed={name}>
          <Alert
            type="error"
            showIcon
            title={t('名录中的姓名、账号和凭据将被抹去，不能恢复')}
            description={t('此后各处均显示“已注销人员”；其经办的事件和各存档的哈希不变')}
          />
        </CommandButton>
      )}
    </div>
  );
}

interface Named {
  readonly person: string;
  readonly name: string;
}

function RenameButton({ person, name }: Named) {
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ name: string }>();
  const [refusal, setRefusal] = useState<Error>();
  const renaming = useRename(person);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('更改姓名')}
      </Button>
      <Modal open={isOpen} title={t('更改姓名')} footer={null} destroyOnHidden onCancel={close}>
        <Form
          form={form}
          name="rename"
          layout="vertical"
          className="own-form"
          preserve={false}
          initialValues={{ name }}
          onFinish={(values) => {
            setRefusal(undefined);
            renaming.mutate(values.name.trim(), {
              onSuccess: close,
              onError: (error) => setRefusal(atFields(form, error)),
            });
          }}
        >
          {refusal && <ProblemAlert error={refusal} />}
          <Form.Item
            name="name"
            label={t('姓名')}
            extra={t('从现在起各处显示新姓名，名录保留原名的起止')}
            rules={[{ required: true, whitespace: true, message: t('请填写姓名') }]}
          >
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <div className="form-buttons">
            <Button type="primary" htmlType="submit" loading={renaming.isPending}>
              {t('更改')}
            </Button>
            <Button onClick={close}>{t('取消')}</Button>
          </div>
        </Form>
      </Modal>
    </>
  );
}

function LinkButton({ person, name, hasAccount }: Named & { readonly hasAccount: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [purpose, setPurpose] = useState<LinkPurpose>(hasAccount ? 'password-reset' : 'invitation');
  const [link, setLink] = useState<InvitationAnswer>();
  const making = useMakeLink(person);
  const close = () => {
    setOpen(false);
    setLink(undefined);
    making.reset();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('再发链接')}
      </Button>
      <Modal
        open={isOpen}
        title={t('再发一次性链接')}
        footer={null}
        destroyOnHidden
        mask={{ closable: !link }}
        closable={!link}
        keyboard={!link}
        onCancel={close}
      >
        {link ? (
          <OneTimeLink link={link} name={name} purpose={purpose} onSaved={close} />
        ) : (
          <div className="own-form">
            {making.error && <ProblemAlert error={making.error} />}
            <Radio.Group
              className="stacked"
              aria-label={t('用途')}
              value={purpose}
              onChange={(event) => setPurpose(event.target.value as LinkPurpose)}
              options={[
                { value: 'invitation', label: t('设立账号（七天内有效）') },
                {
                  value: 'password-reset',
                  label: t('重设密码（一天内有效），其现有会话随之结束'),
                  disabled: !hasAccount,
                },
              ]}
            />
            <div className="form-buttons">
              <Button
                type="primary"
                loading={making.isPending}
                onClick={() => making.mutate(purpose, { onSuccess: setLink })}
              >
                {t('生成一次性链接')}
              </Button>
              <Button onClick={close}>{t('取消')}</Button>
            </div>
          </div>
        )}
      </Modal>
    </>
  );
}
