import { Alert, Button } from 'antd';
import type { Unknown, WayOut } from '../state/address';
import { go } from '../state/page-state';

interface Props extends Unknown {
  readonly others?: readonly WayOut[];
}

/** Says that a part of the address names nothing, and leads on. */
export function AddressNotice({ text, wayOut, others = [] }: Props) {
  return (
    <Alert
      showIcon
      role="alert"
      type="warning"
      className="address-notice"
      title="网址有误"
      description={text}
      action={
        <span className="ways-out">
          {[wayOut, ...others].map((way) => (
            <Button key={way.text} size="small" onClick={() => go(way.change, { replace: true })}>
              {way.text}
            </Button>
          ))}
        </span>
      }
    />
  );
}
