import { Alert, Button } from 'antd';
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

/** Where a part of the page fails, or is not there any more since the program was updated, the rest of it stands. */
export class Boundary extends Component<Props, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Alert
        className="boundary"
        showIcon
        role="alert"
        type="error"
        title="页面的这一部分打不开"
        description={
          <>
            <p className="problem-detail">程序可能刚更新过，或连接中断：请重新载入页面，所选的时间与单位不变。</p>
            <code className="problem-code">{error.message}</code>
          </>
        }
        action={
          <Button size="small" onClick={() => location.reload()}>
            重新载入
          </Button>
        }
      />
    );
  }
}
