import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { currentPrincipal, seesNames } from '../access/principal.js';

export const NAMES = Symbol('Names');

/** The names of persons by their ids, as the directory has them now. */
export interface Names {
  /** Brings the names up to the directory; what is older than a second does not do. */
  refresh(): Promise<void>;
  of(person: string): string | undefined;
  /** What was just changed here is seen here at once. */
  forget(): void;
}

/**
 * Ids under these keys stand for themselves, in JSON within JSON too, and so does the second of two in adjacent cells of CSV: the column of the
 * name comes before that of the id. Anywhere else an id stands for the name.
 */
const own = /\\?"(?:id|person|authid)\\?":\\?"p_[a-z2-7]{20}\\?"|(?<![\w./:-])(p_[a-z2-7]{20})(,\1)?(?![\w/])/g;

/** The text with names for the ids of persons, where they are known. Names have no character that a format has to escape. */
export const withNames = (text: string, names: Pick<Names, 'of'>): string =>
  text.includes('p_')
    ? text.replace(own, (found: string, id: string | undefined, cell: string | undefined) => {
        const name = id === undefined ? undefined : names.of(id);
        return name === undefined ? found : `${name}${cell ?? ''}`;
      })
    : text;

const texts = /^(application\/(problem\+)?json|application\/x-ndjson|text\/)/;

/**
 * Puts names in for the ids of persons in every answer of text. No other place knows names, so that whoever was erased is
 * nowhere named, and no event, view, snapshot or hash changes.
 */
export const putNames =
  (names: Pick<Names, 'of'>): RequestHandler =>
  (_: Request, response: Response, next: NextFunction) => {
    const [send, write] = [response.send.bind(response), response.write.bind(response)];
    const named = (body: unknown): unknown => {
      const principal = currentPrincipal();
      if (!principal || !seesNames(principal) || !texts.test(response.get('content-type') ?? 'text/html')) return body;
      if (typeof body === 'string') return withNames(body, names);
      return body instanceof Uint8Array && Buffer.from(body.buffer, body.byteOffset, body.length).includes('p_')
        ? Buffer.from(withNames(Buffer.from(body).toString('utf8'), names))
        : body;
    };
    response.send = (body: unknown) => send(named(body));
    response.write = ((chunk: unknown, ...rest: never[]) => write(named(chunk), ...rest)) as typeof response.write;
    next();
  };
