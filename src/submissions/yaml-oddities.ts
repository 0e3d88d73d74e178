import { isAlias, isMap, isScalar, isSeq, type Document, type Scalar } from 'yaml';
import { excerpt } from '../kernel/text.js';

/** Something that YAML allows and that would be read otherwise than it looks. */
export interface Oddity {
  readonly code: 'folder.yaml' | 'folder.yaml-key' | 'folder.yaml-tag' | 'folder.yaml-aliases' | 'folder.yaml-depth';
  readonly message: string;
  readonly offset: number;
}

/** A number that YAML would change, such as `010`; it is read as the text that it looks like. */
export interface ChangedNumber {
  readonly scalar: Scalar;
  readonly read: number;
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];

const deepest = 16;

export class YamlOddities {
  readonly found: Oddity[] = [];
  readonly numbers: ChangedNumber[] = [];
  /** The nodes that are being looked at, from the top down: an alias to one of them is a circle. */
  private readonly open: unknown[] = [];

  constructor(private readonly document: Document) {
    this.look(document.contents, []);
  }

  private look(node: unknown, path: Path): void {
    const { tag, range } = (node ?? {}) as { tag?: string; range?: readonly number[] };
    const mistake = (code: Oddity['code'], message: string, offset = range?.[0] ?? 0) =>
      void this.found.push({ code, message, offset });
    if (path.length > deepest) {
      mistake('folder.yaml-depth', `嵌套超过 ${deepest} 层：请减少层次`);
      return;
    }
    if (tag !== undefined && tag !== 'tag:yaml.org,2002:str') {
      mistake('folder.yaml-tag', '不支持标签（!）：请删去标签，文本加引号');
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (!target) mistake('folder.yaml-aliases', `没有名为 ${excerpt(node.source)} 的锚点（&）：请直接写出内容`);
      else if (this.open.includes(target)) mistake('folder.yaml-aliases', '别名（*）引用了它自身：请直接写出内容');
    } else if (isScalar(node)) {
      this.lookAtScalar(node, path);
    } else if (isSeq(node)) {
      this.within(node, () => node.items.forEach((item, at) => this.look(item, [...path, at])));
    } else if (isMap(node)) {
      const keys = new Set<string>();
      this.within(node, () => {
        for (const { key, value } of node.items) {
          const { value: name, range: at = range } = (key ?? {}) as { value?: unknown; range?: readonly number[] };
          const begun = at?.[0];
          if (!isScalar(key) || typeof name !== 'string') {
            mistake('folder.yaml-key', '键须为文本：请加引号，或删去', begun);
          } else if (key.tag !== undefined) {
            mistake('folder.yaml-tag', '键不能有标签（!）：请删去', begun);
          } else if (name === '<<') {
            mistake('folder.yaml-key', '不支持合并键 <<：请直接写出各键', begun);
          } else if (keys.has(name)) {
            mistake('folder.yaml', `键“${excerpt(name)}”重复：请只留一个`, begun);
          } else {
            keys.add(name);
            this.look(value, [...path, name]);
          }
        }
      });
    }
  }

  private within(node: unknown, work: () => void): void {
    this.open.push(node);
    work();
    this.open.pop();
  }

  private lookAtScalar(scalar: Scalar, path: Path): void {
    const { value, source } = scalar;
    if (typeof value !== 'number' || source === undefined || String(value) === source) return;
    this.numbers.push({ scalar, read: value, path });
    scalar.value = source;
  }
}
