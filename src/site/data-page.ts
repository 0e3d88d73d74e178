import { html } from '../reports/markup.js';
import { tableOf } from './parts.js';
import type { Page } from './page.js';
import type { PublicSite } from './public-site.js';
import type { SiteTable } from './site-data.js';
import { words } from './words.js';

/** The public tables, for whoever computes with them. */
export const dataPage = ({ options, part, isWhole }: PublicSite, tables: readonly SiteTable[]): Page => ({
  path: 'data.html',
  title: (speech) => speech.say(words.data),
  content: ({ speech, file }) => [
    html`<p>
      ${speech.say({
        zh: '各表为 CSV（UTF-8，逗号分隔），合为一个数据包（Data Package v2），各列的含义写在',
        en: 'The tables are CSV (UTF-8, commas) and make up a Data Package (version 2). What each column means is in',
      })}
      <a href="${file('data/datapackage.json')}">datapackage.json</a>${speech.say({ zh: '。', en: '.' })}
      ${
        options.license !== undefined &&
        html`${speech.say({ zh: '许可：', en: 'Licence:' })} <code>${options.license}</code>`
      }
    </p> `,
    tableOf({
      caption: speech.say({ zh: '数据表', en: 'Tables' }),
      columns: [
        { head: speech.say({ zh: '文件', en: 'File' }), of: ({ path }) => html`<a href="${file(path)}">${path}</a>` },
        { head: speech.say({ zh: '内容', en: 'Content' }), of: ({ title }) => speech.chinese(title) },
        { head: speech.say({ zh: '行数', en: 'Rows' }), number: true, of: ({ rows }) => rows },
      ],
      groups: [{ rows: tables }],
    }),
    html`<p>
      <a href="${file(part.path)}">${part.path}</a> ${
        isWhole
          ? speech.say({ zh: '：评估存档的全部内容', en: 'is the whole content of the snapshot' })
          : speech.say({
              zh: '：评估存档中公开的部分，本站各页都由它写成',
              en: 'is the public part of the snapshot, from which all pages are written',
            })
      }
    </p> `,
  ],
});
