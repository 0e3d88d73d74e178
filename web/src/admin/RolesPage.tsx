import { useFilter } from '../app/links';
import { CommandButton } from '../shared/command/CommandButton';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { PageHead } from '../shared/PageHead';
import { usePeople } from '../api/people-calls';
import { mayAnywhere, useSession } from '../state/session';
import { roleWords } from '../role-words';
import { GrantsView } from './GrantsView';
import { PersonDrawer } from './PersonDrawer';
import { peoplePlace, useScopes } from './places';
import { RightsView } from './RightsView';
import { RoleMatrix } from './RoleMatrix';
import { TokensView } from './TokensView';
import { Views } from './Views';

const views = {
  grants: t('授权'),
  rights: t('某日谁有何权限'),
  table: t('角色表'),
  tokens: t('令牌'),
};
type View = keyof typeof views;

/** Who holds which role, since when and until when; who could do what on a day; what the roles mean. */
export function RolesPage() {
  const session = useSession();
  const [view = 'grants'] = useFilter<View>('view');
  const [person, setPerson] = useFilter<string>('person');
  return (
    <>
      <PageHead
        title={t('角色与授权')}
        note={t('授权逐项留痕：何人、何时、为何、依据什么。任何人不得给自己授予或终止角色')}
      >
        {mayAnywhere(session, ['roles.grant']) && <GrantButton />}
      </PageHead>
      <Views
        label={t('内容')}
        chosen={view}
        views={views}
        forget={['q', 'role', 'standing', 'on', 'permission', 'plan', 'unit']}
      />
      {view === 'grants' ? (
        <GrantsView onOpen={setPerson} />
      ) : view === 'rights' ? (
        <RightsView onOpen={setPerson} />
      ) : view === 'table' ? (
        <RoleMatrix />
      ) : view === 'tokens' ? (
        <TokensView onOpen={setPerson} />
      ) : (
        <AddressNotice
          text={t('本页没有“{{view}}”', { view })}
          waysOut={[{ text: t('看授权'), href: '/admin/roles' }]}
        />
      )}
      <PersonDrawer person={person} onClose={() => setPerson(undefined)} />
    </>
  );
}

function GrantButton() {
  const scopes = useScopes();
  const people = (usePeople().data ?? []).filter(({ ended }) => !ended);
  const place = peoplePlace(scopes, {
    person: people.map(({ id, name, unit }) => ({
      value: id,
      label: [name, scopes.unitName(unit)].filter(Boolean).join(' · '),
    })),
    role: Object.entries(roleWords).map(([value, label]) => ({ value, label })),
  });
  return (
    <CommandButton
      command="grantRole"
      text={t('授予角色')}
      size="middle"
      type="primary"
      place={place}
      fields={['role', 'plan', 'unit', 'from', 'until', 'evaluations', 'moment', 'reason', 'evidence']}
      alsoRequired={['reason']}
    >
      <p className="muted">
        {t('第三方评估须写明规划、评估编号（如 midterm-2022）、查看时点和截止日；管理员角色须两步验证后生效')}
      </p>
    </CommandButton>
  );
}
