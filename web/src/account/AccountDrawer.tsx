import { Drawer } from 'antd';
import { useSignedIn } from '../state/session';
import { PasswordSection } from './PasswordSection';
import { RolesSection } from './RolesSection';
import { SecondFactorSection } from './SecondFactorSection';
import { SessionsSection } from './SessionsSection';
import { TokensSection } from './TokensSection';

/** What a person may do, and what belongs to the person alone: second factor, password, sessions, tokens. */
export function AccountDrawer({ onClose }: { readonly onClose: () => void }) {
  const { session } = useSignedIn();
  return (
    <Drawer
      open
      size="min(720px, 100vw)"
      rootClassName="detail account"
      title={`我的账户 · ${session.name ?? session.person}`}
      onClose={onClose}
    >
      <div className="detail-body" data-testid="account">
        <RolesSection />
        <SecondFactorSection />
        <PasswordSection />
        <SessionsSection />
        <TokensSection />
      </div>
    </Drawer>
  );
}
