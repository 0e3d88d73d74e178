import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { FolderYaml, Spot } from '../slice/folder-part.js';
import type { Mistakes } from './mistakes.js';
import { beginningOf, yamlMessage } from './yaml-errors.js';
import { YamlOddities } from './yaml-oddities.js';

/** A larger one is no description of a plan, and takes long to parse. */
const largest = 8_000_000;

/** A YAML file whose mistakes can name their line. Its content is undefined where it cannot be read. */
export class YamlFile implements FolderYaml {
  private readonly lines = new LineCounter();
  private readonly document: Document;
  /** Values that are reported already. */
  private readonly reported = new Set<unknown>();
  readonly content: unknown;

  constructor(
    readonly file: string,
    text: string,
    mistakes: Mistakes,
  ) {
    const isTooLarge = text.length > largest;
    const options = { lineCounter: this.lines, uniqueKeys: false, prettyErrors: false } as const;
    this.document = parseDocument(isTooLarge ? '' : text, options);
    if (isTooLarge) {
      mistakes.add({ file }, 'folder.too-large', `YAML 文件至多 ${largest / 1_000_000} MB：请分成几个文件`);
    }
    this.content = isTooLarge ? undefined : this.read(mistakes);
  }

  private read(mistakes: Mistakes): unknown {
    const { document, file } = this;
    const line = (offset: number) => ({ file, row: this.lines.linePos(offset).line });
    // The parser recovers badly: what it says after its first error mostly follows from that.
    const [error] = [...document.errors, ...document.warnings];
    if (error) {
      mistakes.add(line(beginningOf(error, document)), 'folder.yaml', yamlMessage(error));
      return undefined;
    }
    if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
      mistakes.add(line(0), 'folder.yaml', '只支持 YAML 1.2：请删去指令 %YAML');
      return undefined;
    }
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
      mistakes.add({ file }, 'folder.yaml-empty', '文件没有内容：请补上，或删去文件');
      return undefined;
    }
    const { found, numbers } = new YamlOddities(document);
    for (const { code, message, offset } of found) mistakes.add(line(offset), code, message);
    for (const { scalar, read, path } of numbers) {
      const message = `未加引号的数会被读作 ${read}：请加引号，写作 '${scalar.source}'`;
      mistakes.add(this.spot(...path), 'folder.yaml-number', message);
      this.reported.add(scalar);
    }
    if (found.length > 0) return undefined;
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      // How the library refuses aliases that multiply.
      if (!(error instanceof ReferenceError)) throw error;
      mistakes.add({ file }, 'folder.yaml-aliases', '别名（*）展开后过大：请直接写出内容');
      return undefined;
    }
  }

  spot(...path: readonly (string | number)[]): Spot {
    const { file } = this;
    const field = nameOf(path);
    let here: { node: unknown; begun?: number } | undefined = { node: this.document.contents };
    let begun: number | undefined;
    for (const step of path) {
      here = here && this.within(here.node, step);
      begun = here?.begun ?? begun;
    }
    const spot = { file, ...(begun !== undefined && { row: this.lines.linePos(begun).line }), ...(field && { field }) };
    if (!isScalar(here?.node)) return spot;
    return { ...spot, cell: here.node.source ?? '', reported: this.reported.has(here.node) };
  }

  /** A member of a mapping with the place of its key, or an entry of a list. */
  private within(node: unknown, step: string | number): { node: unknown; begun?: number } | undefined {
    const parent = isAlias(node) ? node.resolve(this.document) : node;
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === step);
      return pair && { node: pair.value, begun: (pair.key as Node).range?.[0] };
    }
    if (!isSeq(parent) || typeof step === 'string' || !(step in parent.items)) return undefined;
    const item = parent.items[step];
    return { node: item, begun: (item as Node | null)?.range?.[0] };
  }
}

/** A field by its keys; of an entry of a list by the keys within it. */
const nameOf = (path: readonly (string | number)[]) =>
  path.slice(path.findIndex((step) => typeof step === 'number') + 1).join('.');
