import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useConfirmCode, useEnrol } from '../api/account-calls';
import { useGiveCode } from '../api/session-calls';
import { ProblemAlert } from '../shared/ProblemAlert';
import { heldBack, useSession } from '../state/session';
import { CodeForm } from './CodeForm';
import { OnceShown } from './OnceShown';
import { PhoneSecret } from './PhoneSecret';
import { t } from '../shared/i18n';

export function SecondFactorSection() {
  const session = useSession();
  const waiting = [...new Set(heldBack(session).map(({ label }) => label))].join(t('、'));
  const isGivenLater = session.secondFactor === 'on' && !session.secondFactorGiven;
  return (
    <section aria-labelledby="second-factor" data-testid="second-factor">
      <h2 id="second-factor">{t('两步验证')}</h2>
      {waiting !== '' && (
        <Alert
          showIcon
          type="warning"
          title={
            isGivenLater
              ? t('{{roles}}须经两步验证：请填写动态口令，角色随即生效', { roles: waiting })
              : t('{{roles}}须经两步验证：请启用，角色随即生效', { roles: waiting })
          }
        />
      )}
      {isGivenLater ? <GiveCode /> : <Enrolment />}
    </section>
  );
}

/** The session was begun without the code, by another way of signing in. */
function GiveCode() {
  const giving = useGiveCode();
  return (
    <CodeForm
      name="give-code"
      button={t('验证')}
      extra={t('手机验证器上现在显示的 6 位数，或一个恢复码')}
      sending={giving}
    />
  );
}

function Enrolment() {
  const { secondFactor, recoveryCodes } = useSession();
  const [isSaved, setSaved] = useState(false);
  const enrolling = useEnrol();
  const confirming = useConfirmCode();
  if (confirming.data && !isSaved) {
    return (
      <OnceShown
        title={t('两步验证已启用。请保存十个恢复码：手机不在身边时，每个可代替一次动态口令')}
        text={confirming.data.recoveryCodes.join('\n')}
        onSaved={() => {
          enrolling.reset();
          setSaved(true);
        }}
      />
    );
  }
  if (enrolling.data) {
    return (
      <>
        <PhoneSecret uri={enrolling.data.uri} />
        <CodeForm
          name="confirm-code"
          button={t('启用')}
          extra={t('添加后，手机上显示的 6 位数')}
          sending={confirming}
          onCancel={() => enrolling.reset()}
        />
      </>
    );
  }
  const isOn = secondFactor === 'on';
  return (
    <>
      <p>
        {isOn
          ? t('已启用，恢复码还有 {{count}} 个', { count: recoveryCodes })
          : t('未启用：启用后，登录时除密码外还要填手机验证器上的动态口令')}{' '}
        <Button
          size="small"
          loading={enrolling.isPending}
          onClick={() => {
            setSaved(false);
            confirming.reset();
            enrolling.mutate();
          }}
        >
          {isOn ? t('更换手机或恢复码') : t('启用两步验证')}
        </Button>
      </p>
      {enrolling.error && <ProblemAlert error={enrolling.error} />}
    </>
  );
}
