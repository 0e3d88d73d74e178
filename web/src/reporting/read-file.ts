import type { ReportContent } from '../api/reporting-calls';
import { t } from '../shared/i18n';

const most = 10 * 1024 * 1024;

/** The content of a file as it is sent: a workbook or CSV as its bytes, JSON as rows. @throws {Error} says why not */
export async function contentOf(file: File): Promise<ReportContent> {
  if (file.size > most) {
    throw new Error(t('文件 {{name}} 超过 10 MB：请分几次报送', { name: file.name }));
  }
  if (/\.json$/i.test(file.name)) return { rows: rowsIn(await file.text(), file.name) };
  if (!/\.(xlsx|csv|txt)$/i.test(file.name)) {
    throw new Error(t('{{name}} 不是工作簿（.xlsx）、表格（.csv）或 JSON：请另存为其中一种', { name: file.name }));
  }
  return { file: { name: file.name, base64: await base64Of(file) } };
}

function rowsIn(text: string, name: string) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error(t('{{name}} 不是合规的 JSON：请核对引号、逗号和括号', { name }));
  }
  const rows: unknown = Array.isArray(parsed) ? parsed : (parsed as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(rows)) {
    throw new Error(t('{{name}} 须是各行的列表，或 {"rows": […]}：每行一个对象，键为列名', { name }));
  }
  return rows as Record<string, string>[];
}

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).split(',')[1] ?? '');
    reader.onerror = () => reject(new Error(t('读不出文件 {{name}}：请重新选择', { name: file.name })));
    reader.readAsDataURL(file);
  });
