import {
  fieldsOf,
  keyFields,
  type Fields,
  type FolderPart,
  type FolderReader,
  type FolderYaml,
  type PlacedCommand,
} from '../slice/folder-part.js';
import {
  AmendIndicator,
  ContinueIndicator,
  DefineIndicator,
  RetireIndicator,
  ReviseTarget,
  SetIndicatorScope,
  SetTarget,
  WithdrawContinuation,
  WithdrawTarget,
} from './indicator.commands.js';
import { isSamePrinted } from './printed-target.js';
import { targetsFile } from './indicator-sight.js';

/** The plan's indicators may be spread over several files: `indicators.yaml` first, then the others by name. */
const indicatorFile = /^indicators(-[A-Za-z0-9_-]+)?\.yaml$/;
const first = 'indicators.yaml';
const continuationsFile = 'continuations.csv';

const approvalColumns = { 文号: 'documentNumber', 批准机关: 'approvedBy', 批准日期: 'approvedOn' };

export const indicatorFolder: FolderPart = {
  files: [indicatorFile, targetsFile, continuationsFile],
  brings: [
    [indicatorFile, 'indicator'],
    [targetsFile, 'target'],
    [continuationsFile, 'indicator'],
  ],
  read: (folder) => [
    ...folder.files
      .filter((file) => indicatorFile.test(file))
      .sort((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1))
      .flatMap((file) => readIndicators(folder, file)),
    ...readTargets(folder),
    ...readContinuations(folder),
  ],
  changing: [
    {
      type: DefineIndicator,
      word: '指标',
      keyOf: keyFields('code'),
      amend: { type: AmendIndicator, columns: { 可比: 'comparable' } },
      end: { type: RetireIndicator, columns: { 自: 'fromPeriod' }, inputOf: ({ code }) => ({ code }) },
    },
    {
      type: SetTarget,
      word: '目标',
      keyOf: keyFields('code', 'unit', 'period'),
      reworded: ({ value: before }, { value: now }) => isSamePrinted(String(before), String(now)),
      amend: { type: ReviseTarget, columns: approvalColumns },
      end: {
        type: WithdrawTarget,
        columns: approvalColumns,
        inputOf: ({ code, unit, period }) => ({ code, unit, period }),
      },
    },
    {
      type: SetIndicatorScope,
      word: '适用范围',
      keyOf: keyFields('code', 'unit', 'fromPeriod'),
      end: { type: SetIndicatorScope, inputOf: (scope) => ({ ...scope, applies: true }) },
    },
    {
      type: ContinueIndicator,
      word: '衔接',
      keyOf: keyFields('code'),
      amend: { type: ContinueIndicator },
      end: { type: WithdrawContinuation, inputOf: ({ code }) => ({ code }) },
    },
  ],
  history: {
    目标调整: {
      type: ReviseTarget,
      fields: { 数值: 'value', 文号: 'documentNumber', 审核人: 'approvedBy', 审核日期: 'approvedOn' },
    },
  },
};

function readIndicators(folder: FolderReader, file: string): PlacedCommand[] {
  const yaml = folder.yaml(file);
  if (!yaml) return [];
  return folder.list(yaml, 'indicator').flatMap(({ fields, path }) => {
    // The file is flat where the command nests: the fields of the definition (口径) are gathered here.
    const { definition, unitOfMeasure, valueType, minimum, maximum, measurement, aggregation, ...others } = fields;
    const { breakdowns, outOfScope, ...rest } = others;
    const gathered = {
      ...{ text: definition, unitOfMeasure, valueType, minimum, maximum, measurement, aggregation },
      breakdowns,
    };
    const line = typeof rest.line === 'number' ? rest.line : undefined;
    return [
      ...folder.fromYaml(DefineIndicator, { ...rest, definition: gathered }, { yaml, path, line }),
      ...readScopes(folder, yaml, { code: rest.code, outOfScope }, path),
    ];
  });
}

/** The units to which an indicator does not apply. */
function readScopes(
  folder: FolderReader,
  yaml: FolderYaml,
  { code, outOfScope }: Fields,
  path: readonly (string | number)[],
): PlacedCommand[] {
  if (outOfScope === undefined) return [];
  const here = [...path, 'outOfScope'];
  if (!Array.isArray(outOfScope)) {
    const message = "outOfScope 须为列表：每项写作 { unit: '331127', fromPeriod: '2023' }";
    folder.mistake(yaml.spot(...here), 'folder.not-a-list', message);
    return [];
  }
  return outOfScope.flatMap((item: unknown, at) => {
    const fields = { ...fieldsOf(item), code, applies: false };
    return folder.fromYaml(SetIndicatorScope, fields, { yaml, path: [...here, at] });
  });
}

function readTargets(folder: FolderReader): PlacedCommand[] {
  return folder.rows(targetsFile, ['indicator', 'unit', 'period', 'value', 'line']).flatMap((row) => {
    const { indicator: code, unit, period, value } = row.cells;
    return folder.fromRow(SetTarget, { code, unit, period, value }, row, { code: 'indicator' });
  });
}

function readContinuations(folder: FolderReader): PlacedCommand[] {
  const columns = ['indicator', 'former_plan', 'former_indicator', 'definition', 'factor', 'basis'];
  return folder.rows(continuationsFile, columns).flatMap((row) => {
    const { indicator: code, former_plan, former_indicator, definition, factor, basis } = row.cells;
    const input = {
      ...{ code, formerPlan: former_plan, formerIndicator: former_indicator, continuedDefinition: definition },
      ...(factor !== '' && { factor }),
      ...(basis !== '' && { basis }),
    };
    return folder.fromRow(ContinueIndicator, input, row, {
      ...{ code: 'indicator', formerPlan: 'former_plan', formerIndicator: 'former_indicator' },
      continuedDefinition: 'definition',
    });
  });
}
