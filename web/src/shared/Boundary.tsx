import { Component, type ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  readonly children: ReactNode;
}

/**
 * Error boundary: shows an error in place of a failed part, for example if a lazy chunk cannot be loaded after an
 * update of the server. The rest of the page stays usable.
 */
export class Boundary extends Component<Props, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError({ message }: Error) {
    return { error: new Error(`程序可能刚更新过，或连接中断：请重试，所选的时间与单位不变（${message}）`) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="boundary">
        <ProblemAlert error={error} retry={() => location.reload()} />
      </div>
    );
  }
}
