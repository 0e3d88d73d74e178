#!/usr/bin/env node
import { Command } from 'commander';
import { evaluatorCommands } from './cli/evaluator.commands.js';
import { indexCommands } from './cli/index.commands.js';
import { operatorCommands } from './cli/operator.commands.js';
import { programmeCommands } from './cli/programme.commands.js';
import { reporterCommands } from './cli/reporter.commands.js';
import { ExitCode } from './cli/session.js';

// The reader of a pipe may leave early (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const program = new Command('tongjian')
  .description('通鉴：规划监测评估引擎')
  .option('--data <文件夹>', '数据文件夹；默认 data，或环境变量 TONGJIAN_DATA')
  .option('--json', '输出 JSON，供程序使用')
  .option('--actor <编号>', '经办人编号；默认本机用户')
  .option('--actor-name <姓名>')
  .option('--actor-unit <单位代码>')
  .option('--actor-roles <角色>', '以逗号分隔，如 reporter,backfill')
  .showHelpAfterError('（用 tongjian help <命令> 查看用法）')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : ExitCode.usage));

operatorCommands(program);
evaluatorCommands(program);
indexCommands(program);
reporterCommands(program);
programmeCommands(program);

await program.parseAsync();
