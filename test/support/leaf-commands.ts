import type { Command } from 'commander';

/** A command that does something, and how it is called: `show`, `target revise`. */
export interface Leaf {
  readonly name: string;
  readonly command: Command;
}

/** The commands of a program, those of its groups instead of the groups. */
export const leavesOf = ({ commands }: Command, group = ''): readonly Leaf[] =>
  commands.flatMap((command) =>
    command.commands.length > 0
      ? leavesOf(command, `${group}${command.name()} `)
      : [{ name: `${group}${command.name()}`, command }],
  );
