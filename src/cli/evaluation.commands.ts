import type { Command } from 'commander';
import type { Judgement } from '../evaluations/judgement.js';
import { standingWords } from '../evaluations/words.js';
import { lineWords, readinessLines, type EvaluationReadiness, type LineCounts } from '../readiness/readiness.js';
import { path } from './connection.js';
import { table } from './output.js';
import { withConnection, type Session } from './session.js';

/** What an evaluator reads of an evaluation before and after its snapshot. */
export function evaluationCommands(program: Command): void {
  program
    .command('readiness')
    .description('评估准备：各单位应报、未报、待审核、退回、缺报、逾期、矛盾、不可比、数据提示')
    .argument('<评估编号>')
    .option('--plan <规划>')
    .option('--as-of <日期>', '按该日掌握的数据；不填即评估方案的数据截止日期')
    .action(withConnection(readiness));

  program
    .command('judgement')
    .description('评估判断：各方判断并列、分歧、结论')
    .argument('<评估编号>')
    .option('--plan <规划>')
    .action(withConnection(judgement));
}

interface Options {
  plan?: string;
  asOf?: string;
}

async function readiness({ api, print, planOf }: Session, options: Options, id: string): Promise<void> {
  const plan = await planOf(options.plan);
  const { asOf } = options;
  const found = await api.get<EvaluationReadiness>(path('plans', plan, 'evaluations', id, 'readiness'), { asOf });
  print(found, () => {
    const head = ['单位', ...readinessLines.map((line) => lineWords[line])];
    const row = (name: string, counts: LineCounts) => [name, ...readinessLines.map((line) => String(counts[line]))];
    const rows = found.units.map(({ name, counts }) => row(name, counts));
    return [
      `${id}　${found.period}　截至 ${found.day}`,
      table(head, [...rows, row('合计', found.totals)], head.slice(1)),
    ].join('\n');
  });
}

async function judgement({ api, print, planOf }: Session, options: Options, id: string): Promise<void> {
  const plan = await planOf(options.plan);
  const found = await api.get<Judgement>(path('plans', plan, 'evaluations', id, 'judgement'));
  print(found, () => {
    const rows = found.items.map(({ item, name, computed, verdicts, disagreement, conclusion }) => [
      item,
      name,
      computed?.word ?? '—',
      verdicts
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ number, standing, shown, by }) => `${number} ${standingWords[standing]} ${shown.word}（${by}）`)
        .join('\n'),
      String(disagreement),
      conclusion?.shown.word ?? '—',
    ]);
    return [
      `${id}　已判断 ${rows.length} 项${found.snapshot === undefined ? '' : `，计算值取自快照 ${id}/${found.snapshot}`}`,
      ...(rows.length > 0 ? [table(['事项', '名称', '计算', '判断', '分歧', '结论'], rows, ['分歧'])] : []),
      ...found.surveys
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ question, share, margin, n }) => `满意度 ${share}% ± ${margin} 个百分点（n=${n}）：${question}`),
    ].join('\n');
  });
}
