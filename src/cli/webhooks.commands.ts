import type { Command } from 'commander';
import type { DeliveryStanding, ReminderDocument } from '../webhooks/reminder.projection.js';
import type { PingAnswer, WebhookSecretAnswer, WebhookStatus } from '../webhooks/webhooks.controller.js';
import { path } from './connection.js';
import { oneLine } from './problem-lines.js';
import { table } from './output.js';
import { ExitCode, withConnection, type Session } from './session.js';

/** What a plan's webhooks are asked; `webhook set` and `webhook remove` are commands of a decider. */
export function webhookCommands(program: Command): void {
  program
    .command('webhooks')
    .description('规划的推送，及其送达情况')
    .option('--plan <规划>')
    .action(withConnection(webhooks));
  const ofOne = [
    ['webhook-secret', '签发（再次签发即更换）推送密钥，只显示这一次', makeSecret],
    ['webhook-ping', '试推送：立即发送一条 ping，显示是否送达', ping],
    ['webhook-deliveries', '推送的最近消息，新的在前', deliveries],
  ] as const;
  for (const [name, description, action] of ofOne) {
    program
      .command(name)
      .description(description)
      .argument('<推送编号>')
      .option('--plan <规划>')
      .action(withConnection(action));
  }
}

interface Options {
  readonly plan?: string;
}

const standingWords: Readonly<Record<DeliveryStanding, string>> = {
  waiting: '待发',
  underway: '发送中',
  delivered: '已送达',
  failing: '重试中',
  'given-up': '已放弃',
};
const standings = Object.keys(standingWords) as DeliveryStanding[];

async function webhooks({ api, print, planOf }: Session, options: Options): Promise<void> {
  const found = await api.get<WebhookStatus[]>(path('plans', await planOf(options.plan), 'webhooks'));
  print(found, () =>
    table(
      ['编号', '地址', '内容', '密钥', ...Object.values(standingWords), '最近失败'],
      found.map(({ id, url, tells, hasSecret, messages, failure }) => [
        ...[id, url, tells.join('、'), hasSecret ? '有' : '无'],
        ...standings.map((standing) => String(messages[standing])),
        failure ? oneLine(failure.why) : '',
      ]),
      standings.map((standing) => standingWords[standing]),
    ),
  );
}

async function makeSecret({ api, print, planOf }: Session, options: Options, id: string): Promise<void> {
  const resource = path('plans', await planOf(options.plan), 'webhooks', id, 'secret');
  const answer = await api.post<WebhookSecretAnswer>(resource, {});
  print(answer, () => `密钥（只显示这一次）：${answer.secret}`);
}

async function ping({ api, print, planOf, end }: Session, options: Options, id: string): Promise<void> {
  const answer = await api.post<PingAnswer>(path('plans', await planOf(options.plan), 'webhooks', id, 'ping'), {});
  print(answer, () => (answer.delivered ? `已送达（答复 ${answer.status}）` : `没有送达：${oneLine(answer.why!)}`));
  if (!answer.delivered) end(ExitCode.refused);
}

async function deliveries({ api, print, planOf }: Session, options: Options, id: string): Promise<void> {
  const resource = path('plans', await planOf(options.plan), 'webhooks', id, 'deliveries');
  const found = await api.get<ReminderDocument[]>(resource);
  print(found, () =>
    table(
      ['单位', '期间', '截止', '内容', '情况', '次数', '说明'],
      found.map(({ unit, period, due, state, standing, attempts, why = '' }) => [
        ...[unit, period, due, state, standingWords[standing], String(attempts), oneLine(why)],
      ]),
      ['次数'],
    ),
  );
}
