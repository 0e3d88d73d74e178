import type { DryRun, SubmissionResult } from '../submissions/submissions.js';
import { acceptingWarnings, namedIn, type AcceptOption } from './accepting.js';
import { filesIn, type Files } from './folder-files.js';
import { table } from './output.js';
import { oneLine, problemLines } from './problem-lines.js';
import { progress } from './progress.js';
import { ExitCode, type Session } from './session.js';

interface LoadOptions {
  acceptWarnings?: AcceptOption;
  dryRun?: boolean;
}

/** Loads a plan folder. Warnings are accepted by the option, or by the person at the terminal. */
export async function load(session: Session, options: LoadOptions, folder: string): Promise<void> {
  const { files, passedOver } = filesIn(folder);
  const result = await (options.dryRun ? triedOut : loaded)(session, options.acceptWarnings, files);
  const { encodings = {} } = result;
  session.print({ ...result, ...(passedOver.length > 0 && { passedOver }) }, () =>
    [
      ...(result.dryRun ? dryRunLines(result, result.dryRun) : loadedLines(result)),
      ...(result.superseded ? [supersededLine(result.superseded)] : []),
      ...Object.entries(encodings).map(([file, encoding]) => `  ${oneLine(file)} 按 ${encoding} 编码读取`),
      ...(passedOver.length > 0 ? [`  没有读取其中的子文件夹：${oneLine(passedOver.join('、'))}`] : []),
    ].join('\n'),
  );
  if (result.dryRun && result.dryRun.unaccepted.length > 0) session.end(ExitCode.refused);
}

function loaded({ api, json }: Session, option: AcceptOption, files: Files): Promise<SubmissionResult> {
  const { stdin: input, stderr: output } = process;
  const terminal = !json && input.isTTY && output.isTTY ? { input, output } : undefined;
  return acceptingWarnings(option, terminal, (acceptWarnings) => submitted(api, { files, acceptWarnings }, json));
}

/** Nobody is asked: nothing is stored. The option alone accepts all warnings that there are. */
async function triedOut({ api, json }: Session, option: AcceptOption, files: Files): Promise<SubmissionResult> {
  const result = await submitted(api, { files, acceptWarnings: namedIn(option), dryRun: true }, json);
  return option === true ? { ...result, dryRun: { ...result.dryRun!, unaccepted: [] } } : result;
}

const supersededLine = ({ submission, title }: NonNullable<SubmissionResult['superseded']>): string =>
  `  这一版早已装载，其后又装载了另一版（${title}，报送编号 ${submission}），以那一版为准：要改回这一版，请附 changes.csv 写明事由`;

const loadedLines = ({ title, commands, events, warnings }: SubmissionResult): string[] => {
  const accepted = warnings.length > 0 ? `，接受警告 ${warnings.length} 处` : '';
  return [
    events > 0
      ? `已装载：${title}（${commands} 条命令，新增 ${events} 个事件${accepted}）`
      : `没有新增：${title} 的 ${commands} 条命令都已在库中`,
  ];
};

function dryRunLines(result: SubmissionResult, { events: counts, unaccepted }: DryRun): string[] {
  const { plan, title, submission, commands, events, warnings } = result;
  const left = warnings.filter(({ id }) => unaccepted.includes(id));
  return [
    events > 0
      ? `试装载：${title}（${commands} 条命令，将新增 ${events} 个事件；未写入任何数据）`
      : `试装载：${title} 的 ${commands} 条命令都已在库中，没有新增`,
    `  规划 ${plan}　报送编号 ${submission}`,
    ...(counts.length > 0
      ? [
          table(
            ['事件', '类型', '数量'],
            counts.map(({ label, type, count }) => [label, type, String(count)]),
            ['数量'],
          ),
        ]
      : []),
    ...(warnings.length > left.length ? [`接受的警告 ${warnings.length - left.length} 处`] : []),
    ...(left.length > 0
      ? [
          `警告 ${left.length} 处，未接受，装载会被拒绝：`,
          ...problemLines(
            left.map((warning) => ({ ...warning, ...warning.places.find(({ file }) => file !== undefined) })),
          ),
        ]
      : []),
  ];
}

async function submitted(api: Session['api'], body: object, json: boolean): Promise<SubmissionResult> {
  const bar = progress(json);
  let result: SubmissionResult | undefined;
  try {
    const lines = api.lines<{ step?: string; done?: number; total?: number; result?: SubmissionResult }>(
      'POST',
      'submissions',
      {},
      body,
    );
    for await (const line of lines) {
      if (line.step !== undefined) bar.show(line.step, line.done ?? 0, line.total ?? 0);
      result = line.result ?? result;
    }
  } finally {
    bar.stop();
  }
  return result!;
}
