import { Command } from 'commander';
import { getMetadataStorage } from 'class-validator';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../figures/figure.commands.js';
import { reporterCommands } from './reporter.commands.js';

/** What the command class takes: one field for each of its decorated properties. */
function fieldsOf(type: new () => object): Set<string> {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return new Set(metadata.map(({ propertyName }) => propertyName));
}

it.each([
  ['measure', MeasureIndicator],
  ['correct', CorrectMeasurement],
  ['approve', ApproveMeasurement],
] as const)('%s offers no option that its command would refuse', (name, type) => {
  const program = new Command();
  reporterCommands(program);
  const { options } = program.commands.find((command) => command.name() === name)!;
  expect(options.length).toBeGreaterThan(0);
  const fields = fieldsOf(type);
  expect(options.map((option) => option.attributeName()).filter((option) => !fields.has(option))).toEqual([]);
});
