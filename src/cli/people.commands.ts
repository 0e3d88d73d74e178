import type { Command } from 'commander';
import type { Grant } from '../access/grants.js';
import { accessKinds, type AccessPage } from '../credentials/access-log.js';
import type { InvitationAnswer, PersonAnswer, RightHeld } from '../people/people.controller.js';
import { roleTable } from '../access/roles.js';
import { path } from './connection.js';
import { momentText, table } from './output.js';
import { withConnection, type Session } from './session.js';

/** Commands about people: invitations, the directory, rights as of a day, and the access log. */
export function peopleCommands(program: Command): void {
  program
    .command('invite')
    .description('邀请一名人员：给出一次性链接')
    .argument('<姓名>')
    .option('--unit <单位代码>', '所在单位')
    .action(withConnection(invite));
  program
    .command('link')
    .description('再给一次性链接：设立账号，或重设密码')
    .argument('<人员编号>')
    .option('--password-reset', '重设密码')
    .action(withConnection(link));
  program
    .command('people')
    .description('人员名录及其角色')
    .option('--name <姓名>', '姓名的一部分')
    .option('--unit <单位代码>')
    .action(withConnection(people));
  program
    .command('rights')
    .description('某日谁有何权限')
    .option('--as-of <日期>', '不填即现在')
    .option('--plan <规划>')
    .option('--unit <单位代码>')
    .option('--permission <权限>', '如 figures.approve')
    .option('--person <人员编号>')
    .action(withConnection(rights));
  program
    .command('access-log')
    .description('访问日志：登录、失败、导出、查阅')
    .option('--person <人员编号>')
    .option('--kind <类别>', Object.keys(accessKinds).join('、'))
    .option('--from <日期>')
    .option('--until <日期>')
    .option('--limit <条数>')
    .action(withConnection(accessLog));
}

async function invite({ api, print }: Session, { unit }: { unit?: string }, name: string): Promise<void> {
  const answer = await api.post<InvitationAnswer>('people', { name, ...(unit !== undefined && { unit }) });
  print(answer, () => `已邀请 ${name}，编号 ${answer.person}\n${linkText(answer)}`);
}

async function link(
  { api, print }: Session,
  { passwordReset }: { passwordReset?: boolean },
  person: string,
): Promise<void> {
  const purpose = passwordReset ? 'password-reset' : 'invitation';
  const answer = await api.post<InvitationAnswer>(path('people', person, 'links'), { purpose });
  print(answer, () => linkText(answer));
}

const linkText = ({ secret, endsAt }: InvitationAnswer): string =>
  `一次性链接（只显示这一次，有效至 ${endsAt.slice(0, 16).replace('T', ' ')} UTC）：网页地址后加 /#/invitation/${secret}`;

async function people({ api, print }: Session, options: { name?: string; unit?: string }): Promise<void> {
  const found = await api.get<PersonAnswer[]>('people', { ...options });
  print(found, () =>
    table(
      ['编号', '姓名', '单位', '角色'],
      found.map(({ id, name, unit = '', grants, ended }) => [
        id,
        name,
        unit,
        ended ? '访问已终止' : grants.map(grantText).join('\n'),
      ]),
    ),
  );
}

function grantText({ grant, role, plan = '全部规划', unit, until }: Grant): string {
  const { label, scope } = roleTable.roles[role];
  const over = scope === 'installation' ? '' : `：${plan}${unit === undefined ? '' : ` ${unit}`}`;
  return `${grant} ${label}${over}${until === undefined ? '' : `，至 ${until.slice(0, 10)}`}`;
}

type RightsOptions = Partial<Record<'asOf' | 'plan' | 'unit' | 'permission' | 'person', string>>;

async function rights({ api, print }: Session, options: RightsOptions): Promise<void> {
  const held = await api.get<RightHeld[]>('rights', { ...options });
  print(held, () =>
    table(
      ['编号', '姓名', '授权', '自'],
      held.map(({ person, name, grant }) => [person, name, grantText(grant), grant.from.slice(0, 10)]),
    ),
  );
}

type AccessOptions = Partial<Record<'person' | 'kind' | 'from' | 'until' | 'limit', string>>;

async function accessLog({ api, print }: Session, options: AccessOptions): Promise<void> {
  const page = await api.get<AccessPage>('access-log', { ...options });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  print(page, () =>
    table(
      ['时间', '类别', '人员', '地址', '内容'],
      page.entries.map(({ at, kind, person = '', address = '', detail }) => [
        momentText(at, zone),
        accessKinds[kind],
        person,
        address,
        Object.values(detail).join(' '),
      ]),
    ),
  );
}
