import { Component, type ReactNode } from 'react';
import { failedPart } from './failed-part';
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

  static getDerivedStateFromError(error: Error) {
    return { error: failedPart(error) };
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
