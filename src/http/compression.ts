import type { RequestHandler, Response } from 'express';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bytes below which nothing is gained. */
const small = 1_024;

/** Quality 4: half the time of the next one, for a tenth more bytes. */
const brotli = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};
const forms = {
  br: (content: Uint8Array) => promisify(brotliCompress)(content, brotli),
  gzip: (content: Uint8Array) => promisify(gzip)(content),
} as const;

const texts = /^(application\/(json|x-ndjson)|text\/)/;

/**
 * Compresses answers to GET that are whole when they are sent. It compresses them before the first byte goes out, so that
 * the answer stays one whose unread bytes are counted and whose reader is watched. Streams are left alone: an open export
 * and an event stream send each part at once.
 *
 * The length of a compressed answer tells of a secret in it, if an attacker has a guess put beside it (BREACH). Secrets
 * (links, tokens, keys of second factors, recovery codes) are answered to POST only, which is never compressed; the page
 * of another site has no cookie to send a GET with.
 */
export const compressAnswers: RequestHandler = (request, response, next) => {
  if (request.method !== 'GET') return next();
  const end = response.end.bind(response) as (...given: unknown[]) => Response;
  response.end = ((content?: unknown, ...rest: unknown[]) => {
    // What streams has sent its headers before.
    if (response.headersSent || !isLong(content) || !texts.test(response.get('content-type') ?? '')) {
      return end(content, ...rest);
    }
    response.vary('Accept-Encoding');
    const form = (['br', 'gzip'] as const).find((each) => request.acceptsEncodings(each));
    if (!form || response.hasHeader('Content-Encoding')) return end(content, ...rest);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    void forms[form](bytes).then(
      (compressed) => {
        response.setHeader('Content-Encoding', form).setHeader('Content-Length', compressed.length);
        end(compressed);
      },
      () => end(bytes),
    );
    return response;
  }) as typeof response.end;
  next();
};

const isLong = (content: unknown): content is string | Uint8Array =>
  (typeof content === 'string' || content instanceof Uint8Array) && content.length >= small;
