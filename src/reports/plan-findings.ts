import type { Check } from '../overview/programme/checks.js';
import type { FindingNow } from '../overview/programme/findings.js';
import { checkWords, findingStandingWords, severityWords } from '../overview/programme/words.js';
import {
  beside,
  groupRow,
  heading,
  paragraph,
  row,
  strong,
  table,
  type Blocks,
  type Column,
  type Line,
} from './model.js';
import { demoMark } from './marks.js';
import { linesWords, subjectWords, untilWords } from './programme-words.js';
import { nameOf, type Subject } from './subject.js';
import { none } from './words.js';

type Severity = FindingNow['severity'];
const severityOrder: readonly Severity[] = ['high', 'medium', 'low'];

const bySeverity = <Thing extends { readonly severity: Severity }>(things: readonly Thing[]) =>
  severityOrder
    .map((severity) => [severity, things.filter((thing) => thing.severity === severity)] as const)
    .filter(([, found]) => found.length > 0);

const tally = (things: readonly { readonly severity: Severity }[]): string =>
  bySeverity(things)
    .map(([severity, found]) => `${severityWords[severity]} ${found.length} 条`)
    .join('，');

type Findings = readonly FindingNow[];

const validOf = (findings: Findings): Findings => findings.filter(({ standing }) => standing !== 'withdrawn');
const withdrawnOf = (findings: Findings): Findings => findings.filter(({ standing }) => standing === 'withdrawn');

/** How many findings people raised about the plan's text, and how far they are handled. */
export function planFindings({ overview }: Subject): Blocks {
  const { findings } = overview.programme;
  if (findings.length === 0) return undefined;
  const valid = validOf(findings);
  const withdrawn = withdrawnOf(findings);
  const standing = (at: FindingNow['standing']) => valid.filter((finding) => finding.standing === at).length;
  const underWay = valid.filter(({ owner, standing: at }) => owner !== undefined && at !== 'closed').length;
  return [
    heading('规划文本自身的矛盾和疑点'),
    paragraph(
      '对照规划文本查出的前后矛盾、缺漏和疑点共 ',
      valid.length,
      ' 条',
      valid.length > 0 && `（${tally(valid)}）`,
      '。已办结 ',
      standing('closed'),
      ' 条，',
      underWay > 0 && `整改中 ${underWay} 条，`,
      '已答复 ',
      standing('answered'),
      ' 条，待答复 ',
      standing('open'),
      ' 条',
      withdrawn.length > 0 && `；另有 ${withdrawn.length} 条已撤销，不计在内`,
      '。逐条见附件“规划文本的矛盾和疑点”。',
    ),
  ];
}

/** Findings that people raised about the plan's text, with their handling. */
export function planFindingTable(subject: Subject): Blocks {
  const { findings } = subject.overview.programme;
  if (findings.length === 0) return undefined;
  const withdrawn = withdrawnOf(findings);
  const columns: Column[] = [
    { head: '编号', width: '7%' },
    { head: '对象', width: '15%' },
    { head: '问题' },
    { head: '处理', width: '27%' },
  ];
  return table(
    '规划文本的矛盾和疑点',
    columns,
    [
      ...bySeverity(validOf(findings)).map(([severity, found]) => [`程度：${severityWords[severity]}`, found] as const),
      ...(withdrawn.length > 0 ? [[findingStandingWords.withdrawn, withdrawn] as const] : []),
    ].flatMap(([word, found]) => [
      groupRow(`${word}（${found.length} 条）`),
      ...found.map((finding) =>
        row(
          finding.id,
          aboutText(subject, finding),
          [
            strong(finding.title),
            finding.detail !== undefined && beside(`${finding.detail}`),
            finding.lines.length > 0 && beside(`规划文本第 ${linesWords(finding.lines)} 行`),
          ],
          handling(finding),
        ),
      ),
    ]),
  );
}

/** The subject of a finding: kind, code, and the name of an indicator, project or policy. */
function aboutText(
  { overview }: Subject,
  { subjectType, subject: code }: Pick<Check, 'subjectType'> & { subject?: string },
) {
  const word = subjectWords[subjectType];
  if (code === undefined) return word;
  const { projects, policies } = overview.programme;
  const name =
    subjectType === 'indicator'
      ? overview.indicators.find((each) => each.code === code)?.name
      : subjectType === 'project'
        ? projects.list.find(({ id }) => id === code)?.name
        : subjectType === 'policy'
          ? policies.list.find(({ id }) => id === code)?.name
          : undefined;
  return [`${word} ${code}`, name !== undefined && beside(`${name}`)];
}

function handling({ standing, answers, owner, dueOn, overdueDays, closed, because, demo }: FindingNow): Line {
  const entries = [...answers, ...(closed ? [closed] : [])];
  return [
    findingStandingWords[standing],
    demoMark(demo),
    owner !== undefined &&
      beside('整改单位 ', owner, '，期限 ', dueOn, overdueDays !== undefined && `，逾期 ${overdueDays} 天`),
    entries.map(({ on, by, text }) => beside(`${on} ${by}：${text}`)),
    because !== undefined && beside(`撤销：${because}`),
  ];
}

/** How much the engine's checks found. A result disappears when its cause is resolved. */
export function engineChecks(subject: Subject): Blocks {
  const { checks } = subject.overview.programme;
  if (checks.length === 0) return undefined;
  const found = `${untilWords(subject)}，系统核查发现 ${checks.length} 条（${tally(checks)}）。`;
  return [heading('系统自动核查'), paragraph(found, '原因消除后，该条随之消失。逐条见附件“系统自动核查的发现”。')];
}

export function engineCheckTable(subject: Subject): Blocks {
  const { checks } = subject.overview.programme;
  if (checks.length === 0) return undefined;
  const columns: Column[] = [
    { head: '核查', width: '17%' },
    { head: '单位', width: '15%' },
    { head: '对象', width: '12%' },
    { head: '发现' },
  ];
  return table(
    '系统自动核查的发现',
    columns,
    bySeverity(checks).flatMap(([severity, found]) => [
      groupRow(`程度：${severityWords[severity]}（${found.length} 条）`),
      ...found.map(({ check, unit, subjectType, subject: code, text, demo }) =>
        row(
          checkWords[check],
          unit === undefined ? none : nameOf(subject, unit),
          `${subjectWords[subjectType]} ${code}`,
          [text, demoMark(demo)],
        ),
      ),
    ]),
    { look: ['flow'] },
  );
}
