import type { Command } from 'commander';
import type { MarkExplanation } from '../anomalies/explanation.projection.js';
import type { Anomalies } from '../anomalies/plan-anomalies.js';
import { anomalyKinds, anomalyWords, type AnomalyKind } from '../anomalies/words.js';
import { path } from './connection.js';
import { table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

interface Options {
  readonly plan?: string;
  readonly unit?: string;
  readonly kind?: string;
  readonly asOf?: string;
}

/** What is out of the ordinary in the figures of a plan. */
export function anomalyCommands(program: Command): void {
  program
    .command('anomalies')
    .description('数据异常提示：各单位各期数据的异常之处、对照与可能的原因，不作结论')
    .option('--plan <规划>')
    .option('--unit <单位>', '单位代码；不填即全部单位')
    .option('--kind <种类>', `${anomalyKinds.join('、')}；不填即全部`)
    .option('--as-of <日期>', '按该日掌握的数据；不填即今日')
    .action(withConnection<Options>(anomalies));
}

async function anomalies({ api, print, planOf }: Session, { plan, unit, kind, asOf }: Options): Promise<void> {
  if (kind !== undefined && !anomalyKinds.includes(kind as AnomalyKind)) {
    throw new UsageError(`没有种类 ${kind}：请写 ${anomalyKinds.join('、')} 之一`);
  }
  const all = await api.get<Anomalies>(`${path('plans', await planOf(plan))}/anomalies`, { unit, asOf });
  const shown = all.anomalies.filter((each) => kind === undefined || each.kind === kind);
  print({ ...all, anomalies: shown }, () => {
    const counted = anomalyKinds.flatMap((each) =>
      all.counts[each] > 0 ? [`${anomalyWords[each]} ${all.counts[each]}`] : [],
    );
    const head = `数据异常提示　查看数据 ${all.figures} 个　${counted.join('，') || '没有异常提示'}`;
    const rows = shown.map(({ unit: of, kind: each, figure, rule, message, explanation, explained, demo }) => [
      of,
      `${anomalyWords[each]}${rule === undefined ? '' : ` ${rule}`}`,
      `${figure ? `${figure.code} ${figure.name}` : '全部数据'}${demo ? '（示例）' : ''}`,
      figure?.period ?? '',
      message,
      explained ? `${explained.text}（${judgedText(explained)}）` : (explanation ?? ''),
    ]);
    if (rows.length === 0) return head;
    return [head, table(['单位', '种类', '指标', '期间', '提示', '填报说明'], rows, [])].join('\n');
  });
}

const judgedText = ({ judged }: MarkExplanation): string =>
  judged === undefined ? '待审核' : judged.accepted ? '已认可' : `未认可：${judged.reason ?? ''}`;
