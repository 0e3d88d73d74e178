import { Alert } from 'antd';
import type { FailedSignIn } from './failed-sign-in';

/** Says why the sign-in at the provider, from which the browser comes back, failed. */
export function FailedSignInAlert({ failed }: { readonly failed: FailedSignIn }) {
  return (
    <Alert
      showIcon
      closable
      role="alert"
      type="error"
      data-testid="failed-sign-in"
      title={failed.chinese}
      description={<span lang="en">{failed.english}</span>}
    />
  );
}
