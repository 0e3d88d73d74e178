import { Button } from 'antd';
import { usePeople } from '../api/people-calls';
import type { Person } from '../api/types';
import { DataTable, type Column } from '../shared/DataTable';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { grantStandingWords, lastDay } from './grants';
import { permissionLabel } from '../permission-words';
import { useScopes } from './places';
import { isOver, RevokeButton } from './TokenList';

interface Row {
  readonly person: string;
  readonly name: string;
  readonly token: Person['tokens'][number];
}

/** Every token that was ever issued, and whose it is. */
export function TokensView({ onOpen }: { readonly onOpen: (person: string) => void }) {
  const people = usePeople();
  const scopes = useScopes();
  if (people.error) return <ProblemAlert error={people.error} retry={() => void people.refetch()} />;
  const rows = (people.data ?? []).flatMap(({ id, name, tokens }) =>
    tokens.map((token): Row => ({ person: id, name, token })),
  );
  const columns: Column<Row>[] = [
    { key: 'title', title: t('用途'), sortBy: ({ token }) => token.title, cell: ({ token }) => token.title },
    {
      key: 'name',
      title: t('以谁的名义'),
      sortBy: ({ name }) => name,
      cell: ({ person, name }) => (
        <Button type="link" size="small" onClick={() => onOpen(person)}>
          {name}
        </Button>
      ),
    },
    {
      key: 'permissions',
      title: t('权限'),
      cell: ({ token }) => token.permissions.map(permissionLabel).join(t('、')),
    },
    {
      key: 'scope',
      title: t('范围'),
      cell: ({ token }) =>
        [scopes.planTitle(token.plan), scopes.unitName(token.unit)].filter((part) => part !== '').join(' · '),
    },
    {
      key: 'until',
      title: t('止（含当日）'),
      sortBy: ({ token }) => token.until,
      cell: ({ token }) => (isOver(token) ? grantStandingWords.over : lastDay(token.until)),
    },
    { key: 'act', title: t('办理'), cell: ({ person, token }) => <RevokeButton person={person} token={token} /> },
  ];
  return (
    <DataTable
      caption={t('令牌')}
      columns={columns}
      rows={rows}
      rowKey={({ token }) => token.token}
      total={t('令牌 {{count}} 个', { count: rows.length })}
      empty={t('没有人为程序签发过令牌')}
      isLoading={people.isPending}
    />
  );
}
