import type { Look } from '../mark.js';

/** The definition was changed since the last value. */
export const definitionChanged: Look = ({ previous, indicator: { definitionVersion } }) => {
  if (!previous || previous.definitionVersion === definitionVersion) return undefined;
  const [before, now] = [String(previous.definitionVersion), String(definitionVersion)];
  return {
    message: `上期（${previous.period.text}）按第 ${before} 版口径上报，现为第 ${now} 版：请核对两期是否可比`,
    numbers: { previousDefinition: before, definition: now },
  };
};
