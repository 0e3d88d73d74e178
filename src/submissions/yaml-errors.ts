import { isScalar, visit, type Document, type YAMLError } from 'yaml';

const quoting = '请把整个值加上引号';

const messages: Readonly<Record<string, string>> = {
  ALIAS_PROPS: '别名（*）不能再带锚点或标签：请删去',
  BAD_ALIAS: '别名（*）的写法有误：请直接写出内容',
  BAD_COLLECTION_TYPE: '标签与内容不符：请删去标签（!）',
  BAD_DIRECTIVE: '不支持 YAML 指令（%）：请删去这一行',
  BAD_DQ_ESCAPE: '双引号中的反斜杠转义有误：请把 \\ 写成 \\\\，或改用单引号',
  BAD_INDENT: '缩进有误，或前面的括号没有结束：同一级的键须对齐，[ 与 ]、{ 与 } 须配对',
  BAD_PROP_ORDER: '锚点或标签的位置有误：请删去',
  BAD_SCALAR_START: `值不能以这个字符开头：${quoting}`,
  BLOCK_AS_IMPLICIT_KEY: `一行里有两个“键: 值”，或缩进不齐：请分行并对齐；值中有冒号的，${quoting}`,
  BLOCK_IN_FLOW: '方括号、花括号之内不能用缩进的写法：请改用同一种写法',
  KEY_OVER_1024_CHARS: '键过长：请检查引号是否配对',
  MISSING_CHAR: '缺少字符：请检查引号、括号是否配对，键之后须有冒号和空格',
  MULTILINE_IMPLICIT_KEY: '这一行的键没有写完：键之后须有冒号和空格，引号须配对',
  MULTIPLE_ANCHORS: '一个值只能有一个锚点：请删去',
  MULTIPLE_DOCS: '一个文件只能有一份内容：请删去分隔行 --- 及其后的内容',
  MULTIPLE_TAGS: '一个值只能有一个标签：请删去',
  RESOURCE_EXHAUSTION: '嵌套过深：请减少层次',
  TAB_AS_INDENT: '不能用制表符缩进：请改用空格',
  TAG_RESOLVE_FAILED: '不支持标签（!）：请删去',
  UNEXPECTED_TOKEN: `此处不该有这个字符：请检查缩进、括号和逗号；值中有特殊字符的，${quoting}`,
};

/** What the YAML parser refuses, in words of this program. */
export const yamlMessage = ({ code }: YAMLError): string =>
  `YAML 格式有误：${messages[code] ?? `不能识别（${code}）：请检查缩进、引号和冒号`}`;

/** Where a mistake begins: of quotes that are never closed not the end of the file, but where they are opened. */
export function beginningOf({ code, message, pos }: YAMLError, document: Document): number {
  let begun = pos[0];
  if (code !== 'MISSING_CHAR' || !message.includes('quote')) return begun;
  visit(document, (_, node) => {
    if (isScalar(node) && node.type?.startsWith('QUOTE') && node.range && node.range[1] >= pos[0]) {
      begun = Math.min(begun, node.range[0]);
    }
  });
  return begun;
}
