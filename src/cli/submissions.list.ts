import type { PlanDocument } from '../plans/plan.projection.js';
import type { SubmissionDocument } from '../submissions/submission.projection.js';
import { path } from './connection.js';
import { momentText, table } from './output.js';
import { placeText } from './problem-lines.js';
import type { Session } from './session.js';

const standingWords: Readonly<Record<SubmissionDocument['standing'], string>> = {
  received: '未完成',
  applied: '已装载',
  refused: '被拒',
  withdrawing: '撤回中',
  withdrawn: '已撤回',
};

/** The folders and reports that were received, each with the warnings that were accepted with it. */
export async function listSubmissions({ api, print }: Session, plan: string): Promise<void> {
  const submissions = await submissionsOf(api, plan);
  const { timeZone } = await api.get<PlanDocument>(path('plans', plan));
  print(submissions, () =>
    [
      table(
        ['编号', '标题', '装载人', '命令', '状态', '接受的警告'],
        submissions.map(({ id, received, by, standing, demo }) => [
          id,
          `${received.title}${demo ? ' 示例' : ''}`,
          by,
          String(received.commands),
          standingWords[standing],
          received.warnings.length > 0 ? String(received.warnings.length) : '',
        ]),
        ['命令', '接受的警告'],
      ),
      ...acceptedLines(submissions, timeZone),
    ].join('\n'),
  );
}

export const submissionsOf = (api: Session['api'], plan: string): Promise<SubmissionDocument[]> =>
  api.get<SubmissionDocument[]>(path('plans', plan, 'submissions'));

/** Warnings that were accepted, by the day where one is given; nothing where there are none. */
export function acceptedLines(submissions: readonly SubmissionDocument[], timeZone: string, asOf?: string): string[] {
  const rows = submissions.flatMap(({ received, accepted }) =>
    accepted === undefined || (asOf !== undefined && accepted.at > asOf)
      ? []
      : received.warnings.map(({ id, message, places }) => [
          id,
          message,
          places.slice(0, 2).map(placeText).join('\n'),
          `${accepted.by}\n${momentText(accepted.at, timeZone)}`,
        ]),
  );
  return rows.length === 0 ? [] : ['装载时接受的警告', table(['警告', '所见', '位置', '接受'], rows)];
}
