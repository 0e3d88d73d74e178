import { Command } from 'commander';
import { getMetadataStorage } from 'class-validator';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../figures/figure.commands.js';
import { reporterCommands } from './reporter.commands.js';

/** The fields of a command class: its properties with validation decorators. */
function fieldsOf(type: new () => object): Set<string> {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return new Set(metadata.map(({ propertyName }) => propertyName));
}

it.each([
  ['measure', MeasureIndicator],
  ['correct', CorrectMeasurement],
  ['approve', ApproveMeasurement],
] as const)('%s has only options that its command class accepts', (name, type) => {
  const program = new Command();
  reporterCommands(program);
  const { options } = program.commands.find((command) => command.name() === name)!;
  expect(options.length).toBeGreaterThan(0);
  const fields = fieldsOf(type);
  expect(options.map((option) => option.attributeName()).filter((option) => !fields.has(option))).toEqual([]);
});
