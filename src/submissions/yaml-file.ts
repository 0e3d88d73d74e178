import { LineCounter, parseDocument, type Document } from 'yaml';
import type { FolderYaml, Place } from '../slice/folder-part.js';
import type { Mistakes } from './mistakes.js';

/** A YAML file whose mistakes can name their line. */
export class YamlFile implements FolderYaml {
  private readonly lines = new LineCounter();
  private readonly document: Document;
  readonly content: unknown;

  constructor(
    readonly file: string,
    text: string,
    mistakes: Mistakes,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
    for (const error of this.document.errors) {
      mistakes.add(
        { file, row: error.linePos?.[0].line },
        'folder.yaml',
        `YAML 格式有误：${error.message.split('\n')[0]}`,
      );
    }
    this.content = this.document.errors.length > 0 ? undefined : this.document.toJS({ maxAliasCount: 100 });
  }

  /** The line of the deepest part of the path that is there. */
  place(...path: readonly (string | number)[]): Place {
    for (let length = path.length; length > 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return { file: this.file, row: this.lines.linePos(node.range[0]).line };
    }
    return { file: this.file, row: 1 };
  }
}
