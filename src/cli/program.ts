import { Command } from 'commander';
import { auditCommands } from './audit.commands.js';
import { evaluationCommands } from './evaluation.commands.js';
import { comparisonCommands } from './comparison.commands.js';
import { documentCommands } from './document.commands.js';
import { siteCommands } from './site.commands.js';
import { evaluatorCommands } from './evaluator.commands.js';
import { anomalyCommands } from './anomaly.commands.js';
import { appraisalCommands } from './appraisal.commands.js';
import { feedCommands } from './feeds.commands.js';
import { continuityCommands } from './continuity.commands.js';
import { forecastCommands } from './forecast.commands.js';
import { interchangeCommands } from './interchange.commands.js';
import { indexCommands } from './index.commands.js';
import { knownSinceCommands } from './known-since.commands.js';
import { mcpCommands } from './mcp.commands.js';
import { operatorCommands } from './operator.commands.js';
import { peopleCommands } from './people.commands.js';
import { programmeCommands } from './programme.commands.js';
import { sampleCommands } from './sample.commands.js';
import { reportingCommands } from './reporting.commands.js';
import { oneLine } from './problem-lines.js';
import { ExitCode } from './session.js';
import { webhookCommands } from './webhooks.commands.js';
import { whatIfCommands } from './what-if.commands.js';

type Add = (program: Command) => void;

/**
 * The command line. `exit` is called for a usage error and after printing help. `decided` adds the commands of the
 * deciders, which need most of the program: whoever needs none of them need not load it.
 */
export function commandLine(exit: (code: number) => never, decided?: Add): Command {
  const program = new Command('tongjian')
    .description('通鉴：规划监测评估引擎')
    .option('--data <文件夹>', '数据文件夹；默认 data，或环境变量 TONGJIAN_DATA')
    .option('--json', '输出 JSON，供程序使用')
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text.trimEnd())}\n`) })
    .showHelpAfterError('（用 tongjian help <命令> 查看用法）')
    .exitOverride((error) => exit(error.exitCode === 0 ? 0 : ExitCode.usage));
  const all = [
    operatorCommands,
    interchangeCommands,
    evaluationCommands,
    evaluatorCommands,
    documentCommands,
    siteCommands,
    comparisonCommands,
    indexCommands,
    anomalyCommands,
    appraisalCommands,
    continuityCommands,
    forecastCommands,
    sampleCommands,
    whatIfCommands,
    knownSinceCommands,
    auditCommands,
    programmeCommands,
    reportingCommands,
    peopleCommands,
    feedCommands,
    webhookCommands,
    mcpCommands,
  ];
  for (const add of all) add(program);
  decided?.(program);
  return program;
}
