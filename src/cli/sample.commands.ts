import type { Command } from 'commander';
import type { Stratum } from '../evaluations/audit-sample.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import type { CheckOutcome } from '../evaluations/sample-check.events.js';
import type { StratumOutcomes } from '../evaluations/sample-outcomes.js';
import type { AuditSample } from '../evaluations/snapshot-sample.js';

import { path } from './connection.js';
import { table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

interface Options {
  readonly plan?: string;
  readonly marked?: string;
  readonly corrected?: string;
  readonly other?: string;
}

const outcomeWords: Readonly<Record<CheckOutcome, string>> = {
  confirmed: '属实',
  corrected: '须更正',
  unsupported: '无依据',
};

const stratumWords: Readonly<Record<Stratum, string>> = { marked: '有标记', corrected: '有更正', other: '其余' };

/** The sample of figures that are to be checked against their sources. */
export function sampleCommands(program: Command): void {
  program
    .command('sample')
    .description('抽查样本：以快照哈希为种子、分单位分层抽取要核对原始资料的数据')
    .argument('<快照>', '评估编号/序号，如 midterm-2022/1')
    .option('--plan <规划>')
    .option('--marked <个数>', '每个单位从有数据质量标记的数据中最多抽取，不填即 10')
    .option('--corrected <个数>', '每个单位从有过更正的数据中最多抽取，不填即 5')
    .option('--other <个数>', '每个单位从其余数据中最多抽取，不填即 3')
    .action(withConnection<Options>(sample));
}

async function sample({ api, print, planOf }: Session, options: Options, name: string): Promise<void> {
  const { id, number } = snapshotNamed(name);
  if (number === undefined) throw new UsageError(`请写明评估编号和序号，如 ${id}/1`);
  const { marked, corrected, other } = options;
  const plan = await planOf(options.plan);
  const resource = path('plans', plan, 'evaluations', id, 'snapshots', number);
  const found = await api.get<AuditSample>(`${resource}/audit-sample`, { marked, corrected, other });
  print(found, () => {
    const rows = found.strata.flatMap(({ unit, stratum, of, figures }) =>
      figures.map(({ code, name: named, period, shown, unitOfMeasure, marks, check, demo }, index) => [
        unit,
        index === 0 ? `${stratumWords[stratum]}（${of} 取 ${figures.length}）` : '',
        `${code}/${unit}/${period}`,
        `${named}${demo ? '（示例）' : ''}`,
        `${shown} ${unitOfMeasure}`,
        marks.join('；'),
        check
          ? `${outcomeWords[check.outcome]}${check.found === undefined ? '' : ` ${check.found}`}（${check.by}）`
          : '',
      ]),
    );
    return [
      `抽查样本　快照 ${id}/${found.snapshot}　SHA-256 ${found.contentHash}`,
      `种子　${found.seed}（抽样方法第 ${found.version} 版）`,
      ...found.outcomes.map(outcomesText),
      table(['单位', '层', '数据', '指标', '数值', '标记', '核对'], rows, ['数值']),
    ].join('\n');
  });
}

function outcomesText({ stratum, of, drawn, checked, outcomes, errors }: StratumOutcomes): string {
  const kinds = Object.entries(outcomeWords) as [CheckOutcome, string][];
  const counted = kinds.map(([kind, word]) => `${word} ${outcomes[kind]}`).join('，');
  const share = errors ? `　差错率 ${errors.share}%（95% 区间 ${errors.lower}% 至 ${errors.upper}%）` : '';
  return `${stratumWords[stratum]}　共 ${of}，抽取 ${drawn}，已核对 ${checked}：${counted}${share}`;
}
