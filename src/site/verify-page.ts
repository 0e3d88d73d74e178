import type { Wording } from '../assessment/words.js';
import { publicParts, type PublicPart } from '../plans/publication.js';
import { html, type Html } from '../reports/markup.js';
import { factsOf } from './parts.js';
import type { Page, PageContext } from './page.js';
import { words } from './words.js';

/** What is public here, and how anybody can check it. */
export const verifyPage: Page = {
  path: 'verify.html',
  title: (speech) => speech.say(words.verify),
  content: (context) => [hashes(context), checks(context), scope(context)],
};

function hashes({ site, speech, file }: PageContext): Html {
  const { entry, part, isWhole, name } = site;
  const say = (zh: string, en: string) => speech.say({ zh, en });
  return factsOf(
    [
      [say('评估存档', 'Snapshot'), name],
      [say('存档的 SHA-256', 'SHA-256 of the snapshot'), html`<code>${site.contentHash}</code>`],
      [
        say('哈希的对象', 'What was hashed'),
        say(
          `存档内容的规范 JSON（RFC 8785，UTF-8，共 ${entry.size} 字节）`,
          `The canonical JSON of the snapshot (RFC 8785, UTF-8, ${entry.size} bytes)`,
        ),
      ],
      !isWhole && [say('公开部分', 'Public part'), html`<a href="${file(part.path)}">${part.path}</a>`],
      !isWhole && [say('公开部分的 SHA-256', 'SHA-256 of the public part'), html`<code>${part.hash}</code>`],
    ].filter((each) => each !== false) as [string, Html][],
  );
}

function checks({ site, speech }: PageContext): Html {
  const { plan } = site.overview.plan;
  const say = (zh: string, en: string) => speech.say({ zh, en });
  const steps = [
    html`${say(
        '本站的文件有没有被改过：在本站的文件夹中运行',
        'Whether a file of this site was changed: run in its folder',
      )} <code class="command">sha256sum --check SHA256SUMS</code>`,
    html`${say(
        site.isWhole ? '存档是否就是这一份：运行' : '公开部分是否就是这一份：运行',
        site.isWhole ? 'Whether it is this snapshot: run' : 'Whether it is this public part: run',
      )}
      <code class="command">sha256sum ${site.part.path}</code
      >${say('与上面的哈希比对', 'Compare it with the hash above.')}`,
    html`${say(
        '存档能不能由事件日志重算出来：在存有规划数据的机器上运行',
        'Whether the snapshot can be recomputed from the event log: where the data of the plan are, run',
      )} <code class="command">tongjian verify ${site.name} --plan ${plan}</code>${say(
        '，所列的哈希须与存档的相同',
        'The hash that it shows has to be that of the snapshot.',
      )}`,
    html`${say(
        '本站是不是由该存档写成：公开范围没有改过的，在同一处再写一次，逐字节相同',
        'Whether this site is written from it: write it again there. While what is public is the same, so are all bytes',
      )} <code class="command">${writeAgain(site.name, plan, site.options)}</code>`,
  ];
  return html`<h2>${say('怎样核验', 'How to check')}</h2>
    <ol>
      ${steps.map((step) => html`<li>${step}</li> `)}
    </ol> `;
}

const writeAgain = (name: string, plan: string, { baseUrl, license }: PageContext['site']['options']): string =>
  [
    `tongjian write-site ${name} --plan ${plan} --out site`,
    baseUrl !== undefined && `--base-url ${baseUrl}`,
    license !== undefined && `--license ${license}`,
  ]
    .filter(Boolean)
    .join(' ');

const partWords: Readonly<Record<PublicPart, Wording>> = {
  judgements: { zh: '评估结论', en: 'conclusions of the evaluation' },
  satisfaction: { zh: '公众满意度', en: 'satisfaction of the public' },
  findings: { zh: '评估发现的问题和建议', en: 'findings and recommendations of the evaluation' },
  units: { zh: '下级单位的数值和判断', en: 'values and verdicts of the units below' },
  projects: { zh: '重大项目', en: 'major projects' },
  tasks: { zh: '重点任务', en: 'tasks' },
  policies: { zh: '政策', en: 'policies' },
  promises: { zh: '规划承诺', en: 'promises of the plan' },
};

function scope({ site, speech }: PageContext): Html {
  const say = (zh: string, en: string) => speech.say({ zh, en });
  const list = (parts: readonly PublicPart[]) => parts.map((part) => speech.say(partWords[part])).join(say('、', ', '));
  const isPublic = (part: PublicPart) => site.visible.part(part);
  const shown = publicParts.filter(isPublic);
  const hidden = publicParts.filter((part) => !isPublic(part));
  const indicators =
    site.hiddenIndicators === 0
      ? say('全部主要指标', 'all main indicators')
      : say(`${site.rows.length} 项主要指标`, `${site.rows.length} main indicators`);
  const always = say(
    `综合指数、总体判断、${indicators}在规划本级的数值`,
    `the index, the overall verdict, ${indicators} at the unit of the plan`,
  );
  return html`<h2>${say('公开的范围', 'What is public')}</h2>
    ${factsOf([
      [say('公开', 'Public'), [always, shown.length > 0 && [say('、', ', '), list(shown)]]],
      [
        say('不公开', 'Not public'),
        [
          say('个人姓名、佐证材料、对规划文本的疑点', 'names of persons, evidence, doubts about the text of the plan'),
          hidden.length > 0 && [say('、', ', '), list(hidden)],
        ],
      ],
    ])} `;
}
