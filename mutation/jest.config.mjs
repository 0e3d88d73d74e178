import config from '../jest.config.js';

const unit = config.projects.find((project) => project.displayName === 'unit');
const [[files, [, swc]]] = Object.entries(unit.transform);

export default {
  ...unit,
  rootDir: '..',
  displayName: 'mutants',
  transform: { [files]: ['<rootDir>/mutation/transform.mjs', swc] },
  testRunner: '<rootDir>/mutation/test-runner.mjs',
  testSequencer: '<rootDir>/mutation/sequencer.cjs',
  silent: true,
};
