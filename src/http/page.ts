import { Router, static as staticFiles, type Request, type RequestHandler, type Response } from 'express';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** How `scripts/compress-page.mjs` names the compressed form of a file; the smallest first. */
const encodings = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** Names of assets have a hash of their content. */
const assets = { maxAge: '365d', immutable: true, acceptRanges: false, etag: false, lastModified: false } as const;
/** Headers that only documents need. Without them the assets of a first load are a tenth smaller. */
const ofDocuments = [
  ...['Content-Security-Policy', 'Cross-Origin-Opener-Policy', 'Origin-Agent-Cluster', 'Referrer-Policy'],
  ...['X-DNS-Prefetch-Control', 'X-Download-Options', 'X-Frame-Options', 'X-Permitted-Cross-Domain-Policies'],
  'X-XSS-Protection',
];
const asAsset = (response: Response): void => {
  for (const name of ofDocuments) response.removeHeader(name);
};
/** All else is asked after each time, by its ETag. */
const asked = { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } } as const;

/**
 * Serves the built page: its files, and `index.html` at every other address that a browser opens, because the app itself
 * says what is there. Addresses under `/api` and unknown assets are left to the handlers that follow.
 */
export function pageIn(folder: string): RequestHandler {
  const page = Router();
  page.use('/assets', sendingCompressed(join(folder, 'assets'), assets, asAsset));
  page.use(
    '/assets',
    staticFiles(join(folder, 'assets'), { index: false, redirect: false, ...assets, setHeaders: asAsset }),
  );
  const compressed = sendingCompressed(folder, asked);
  const plain = staticFiles(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
  });
  page.use(except(ofOthers, compressed), except(ofOthers, plain));
  const index: RequestHandler = (request, response, next) => {
    if (!opensPage(request)) return next();
    response.vary('Accept');
    request.url = '/index.html';
    void compressed(request, response, () => void plain(request, response, next));
  };
  page.use(except(ofOthers, index));
  return page;
}

/** Express routes without regard to case, so that `/API` is the API, too. */
const ofOthers = /^\/(api|assets)(\/|$)/i;

const except =
  (paths: RegExp, handler: RequestHandler): RequestHandler =>
  (request, response, next) =>
    paths.test(request.path) ? next() : void handler(request, response, next);

/**
 * A browser that opens an address prefers HTML; a program that takes anything is told that the address is unknown. The
 * root is the page for everybody.
 */
const opensPage = (request: Request): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  (request.path === '/' || request.accepts(['json', 'html']) === 'html');

type SendOptions = Parameters<Response['sendFile']>[1];

/** Sends the compressed form of a file where there is one that the client takes; `prepare` sets the headers before. */
function sendingCompressed(
  root: string,
  options: SendOptions,
  prepare: (response: Response) => void = () => undefined,
): RequestHandler {
  const files = new Set(readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => `/${name}`));
  return (request, response, next) => {
    const { path } = request;
    const forms = files.has(path) ? encodings.filter(({ ending }) => files.has(`${path}${ending}`)) : [];
    if ((request.method !== 'GET' && request.method !== 'HEAD') || forms.length === 0) return next();
    response.vary('Accept-Encoding');
    const form = forms.find(({ encoding }) => request.acceptsEncodings(encoding));
    if (!form) return next();
    prepare(response);
    response.type(extname(path)).setHeader('Content-Encoding', form.encoding);
    response.sendFile(`${path}${form.ending}`, { root, ...options }, (error) => {
      // Whoever left meanwhile is not answered.
      const hasLeft = error !== undefined && 'code' in error && error.code === 'ECONNABORTED';
      if (!error || hasLeft || response.headersSent) return;
      response.removeHeader('Content-Encoding');
      next(error);
    });
  };
}
