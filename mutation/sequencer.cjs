const { default: Sequencer } = require('@jest/test-sequencer');
const { readFileSync } = require('node:fs');
const { env } = require('node:process');

/** Runs the specs in the order of `run.mjs`. */
module.exports = class extends Sequencer {
  sort(tests) {
    const { specs } = JSON.parse(readFileSync(env.TONGJIAN_MUTATION_RUN, 'utf8'));
    return [...tests].sort((a, b) => specs.indexOf(a.path) - specs.indexOf(b.path));
  }
};
