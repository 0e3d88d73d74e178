import config from '../jest.config.js';

const { displayName, transform, ...unit } = config.projects.find((project) => project.displayName === 'unit');
const [[files, [, swc]]] = Object.entries(transform);

export default {
  ...unit,
  rootDir: '..',
  transform: { [files]: ['<rootDir>/mutation/transform.mjs', swc] },
  testRunner: '<rootDir>/mutation/test-runner.mjs',
  testSequencer: '<rootDir>/mutation/sequencer.cjs',
  silent: true,
};
