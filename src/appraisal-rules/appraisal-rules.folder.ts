import { fieldsOf, keyFields, type FolderPart } from '../slice/folder-part.js';
import { SetAppraisalRules } from './appraisal-rules.commands.js';

const file = 'appraisal-rules.yaml';

/** The whole file is one command. Changed rules give their own day since when they are known. */
export const appraisalRulesFolder: FolderPart = {
  files: [file],
  brings: [[file, 'appraisal-rules']],
  changing: [
    {
      type: SetAppraisalRules,
      word: '考核规则',
      keyOf: keyFields(),
      amend: { type: SetAppraisalRules, unexplained: true },
    },
  ],
  read(folder) {
    const yaml = folder.yaml(file);
    return yaml ? folder.fromYaml(SetAppraisalRules, fieldsOf(yaml.content), { yaml, path: [] }) : [];
  },
};
