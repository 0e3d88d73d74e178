import { isUtf8 } from 'node:buffer';
import { existsSync, statSync } from 'node:fs';
import { readFolder } from '../submissions/read-folder.js';
import type { SubmissionResult } from '../submissions/submissions.js';
import { acceptingWarnings, type AcceptOption } from './accepting.js';
import { oneLine } from './problem-lines.js';
import { progress } from './progress.js';
import { UsageError, type Session } from './session.js';

/** Loads a plan folder. Warnings are accepted by the option, or by the person at the terminal. */
export async function load(
  { api, print, json }: Session,
  options: { acceptWarnings?: AcceptOption },
  folder: string,
): Promise<void> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`没有文件夹 ${folder}`);
  const passedOver: string[] = [];
  const contents = Object.entries(readFolder(folder, (name) => passedOver.push(name)));
  const files = Object.fromEntries(contents.map(([name, bytes]) => [name, sent(bytes)]));
  const { stdin: input, stderr: output } = process;
  const terminal = !json && input.isTTY && output.isTTY ? { input, output } : undefined;
  const result = await acceptingWarnings(options.acceptWarnings, terminal, (acceptWarnings) =>
    submitted(api, { files, acceptWarnings }, json),
  );
  const { title, commands, events, warnings, encodings = {} } = result;
  const accepted = warnings.length > 0 ? `，接受警告 ${warnings.length} 处` : '';
  print({ ...result, ...(passedOver.length > 0 && { passedOver }) }, () =>
    [
      events > 0
        ? `已装载：${title}（${commands} 条命令，新增 ${events} 个事件${accepted}）`
        : `没有新增：${title} 的 ${commands} 条命令都已在库中`,
      ...Object.entries(encodings).map(([file, encoding]) => `  ${oneLine(file)} 按 ${encoding} 编码读取`),
      ...(passedOver.length > 0 ? [`  没有读取其中的子文件夹：${oneLine(passedOver.join('、'))}`] : []),
    ].join('\n'),
  );
}

/** UTF-8 travels as text, which is shorter; anything else as it is, for the server to find out what it is. */
const sent = (bytes: Uint8Array) =>
  isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : { base64: Buffer.from(bytes).toString('base64') };

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
