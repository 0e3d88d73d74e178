import { AppearanceSection } from './AppearanceSection';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { useSession } from '../state/session';
import { PasswordSection } from './PasswordSection';
import { RolesSection } from './RolesSection';
import { SecondFactorSection } from './SecondFactorSection';
import { SessionsSection } from './SessionsSection';
import { TokensSection } from './TokensSection';

/** What a person may do, and what belongs to the person alone: second factor, password, sessions, tokens. */
export function AccountPage() {
  const session = useSession();
  return (
    <main className="page account detail" data-testid="account">
      <PageHead title={t('我的账户')} note={session.name ?? session.person} />
      <div className="detail-body card">
        <RolesSection />
        <AppearanceSection />
        <SecondFactorSection />
        <PasswordSection />
        <SessionsSection />
        <TokensSection />
      </div>
    </main>
  );
}
