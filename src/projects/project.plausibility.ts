import { plausibility } from '../slice/plausibility.js';
import { investmentOddities } from './investment.plausibility.js';
import { projectSight, type ProjectSight } from './project-sight.js';
import { scheduleOddities } from './schedule.plausibility.js';

export const projectPlausibility = plausibility<ProjectSight>({
  gather: projectSight,
  oddities: (sight) => [...investmentOddities(sight), ...scheduleOddities(sight)],
});
