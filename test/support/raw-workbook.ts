import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive of these parts, as a spreadsheet program writes it. `stated` replaces the sizes that it states. */
export function zipped(
  parts: Readonly<Record<string, string | Buffer>>,
  { stated = {}, flags = 0 }: { readonly stated?: Readonly<Record<string, number>>; readonly flags?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = (signature: number, size: number) => {
      const header = Buffer.alloc(size);
      const shift = signature === 0x02014b50 ? 2 : 0;
      header.writeUInt32LE(signature, 0);
      header.writeUInt16LE(20, 4 + shift);
      header.writeUInt16LE(flags, 6 + shift);
      header.writeUInt16LE(8, 8 + shift);
      header.writeUInt32LE(crc32(bytes), 14 + shift);
      header.writeUInt32LE(packed.length, 18 + shift);
      header.writeUInt32LE(stated[name] ?? bytes.length, 22 + shift);
      header.writeUInt16LE(Buffer.byteLength(name), 26 + shift);
      return header;
    };
    const entry = fields(0x02014b50, 46);
    entry.writeUInt32LE(offset, 42);
    const local = Buffer.concat([fields(0x04034b50, 30), Buffer.from(name), packed]);
    offset += local.length;
    locals.push(local);
    entries.push(Buffer.concat([entry, Buffer.from(name)]));
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

export interface RawSheet {
  readonly name: string;
  /** The content of `sheetData`. */
  readonly rows: string;
  /** What comes after `sheetData`. */
  readonly after?: string;
  readonly state?: string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook, written by hand as Excel and WPS write them. */
export function rawParts(
  sheets: readonly RawSheet[],
  { strings = [], date1904 = false }: { readonly strings?: readonly string[]; readonly date1904?: boolean } = {},
): Record<string, string> {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  const types = numbered.map(
    ({ number }) =>
      `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  );
  const others = ['styles', 'sharedStrings'];
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${types.join('')}${others.map((each) => `<Override PartName="/xl/${each}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${each}+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${declaration}<workbook ${main} xmlns:r="${relation}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${numbered.map(({ name, number, state }) => `<sheet name="${name}" sheetId="${number + 3}"${state ? ` state="${state}"` : ''} r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${relation}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}${others.map((each, at) => `<Relationship Id="rId${sheets.length + 1 + at}" Type="${relation}/${each}" Target="${each}.xml"/>`).join('')}</Relationships>`,
    // 0 general, 1 percent, 2 a date, 3 a date as WPS writes it, 4 text
    'xl/styles.xml': `${declaration}<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="176" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${declaration}<sst ${main} count="${strings.length}" uniqueCount="${strings.length}">${strings.map((text) => `<si>${text.startsWith('<') ? text : `<t xml:space="preserve">${text}</t>`}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      numbered.map(({ number, rows, after = '' }) => [
        `xl/worksheets/sheet${number}.xml`,
        `${declaration}<worksheet ${main} xmlns:r="${relation}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
  };
}

/** A row of cells: text is inline; what begins with `<c` is a cell that gets its address. */
export const rawRow = (number: number, cells: readonly (string | undefined)[]): string =>
  `<row r="${number}">${cells
    .map((cell, at) => {
      const address = `${String.fromCharCode(65 + at)}${number}`;
      if (cell === undefined) return '';
      if (cell.startsWith('<c')) return cell.replace('<c', `<c r="${address}"`);
      return `<c r="${address}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('')}</row>`;
