import { by } from '../kernel/order.js';
import { sha256 } from '../kernel/json.js';
import { dataPage } from './data-page.js';
import { indexPage } from './index-page.js';
import { indicatorPage } from './indicator-page.js';
import { pageLanguages } from './language.js';
import { placeOf, written, type Page } from './page.js';
import { projectsPage } from './projects-page.js';
import type { PublicSite } from './public-site.js';
import { reportPage } from './report-page.js';
import { markerFile, type SiteMarker } from './site-marker.js';
import { siteData, type SiteTable } from './site-data.js';
import { siteStyle } from './site-style.js';
import { verifyPage } from './verify-page.js';

/** The files of the site by their paths, in the order of these. The same site has the same files, whenever and wherever. */
export function siteFiles(site: PublicSite): Readonly<Record<string, string>> {
  const { files: data, tables } = siteData(site);
  const pages = pagesOf(site, tables);
  const content: Record<string, string> = {
    'style.css': siteStyle(),
    ...Object.fromEntries(pages.flatMap((page) => pageLanguages.map((language) => written(site, page, language)))),
    ...data,
    [site.part.path]: site.part.text,
    ...sitemap(site, pages),
  };
  const paths = Object.keys(content).toSorted(by((path) => path));
  const marker: SiteMarker = {
    format: 'tongjian-site/1',
    ...{ plan: site.overview.plan.plan, snapshot: site.name, contentHash: site.contentHash },
    files: [...paths, sumsFile, markerFile],
  };
  return {
    ...Object.fromEntries(paths.map((path) => [path, content[path]!])),
    [sumsFile]: paths.map((path) => `${sha256(content[path]!)}  ${path}\n`).join(''),
    [markerFile]: `${JSON.stringify(marker, undefined, 2)}\n`,
  };
}

/** As `sha256sum --check` reads it. */
const sumsFile = 'SHA256SUMS';

const pagesOf = (site: PublicSite, tables: readonly SiteTable[]): Page[] => [
  indexPage(site),
  ...site.rows.map((top) => indicatorPage(top)),
  ...(site.overview.programme.projects.list.length > 0 ? [projectsPage] : []),
  reportPage,
  dataPage(site, tables),
  verifyPage,
];

/** A sitemap has whole addresses: there is none where nobody said where the site will lie. */
function sitemap({ options: { baseUrl } }: PublicSite, pages: readonly Page[]): Record<string, string> {
  if (baseUrl === undefined) return {};
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const addresses = pages.flatMap(({ path }) =>
    pageLanguages.map((language) => new URL(placeOf(path, language), base)),
  );
  const urls = addresses.map(({ href }) => `  <url><loc>${href.replaceAll('&', '&amp;')}</loc></url>\n`).join('');
  return {
    'sitemap.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls}</urlset>\n`,
  };
}
