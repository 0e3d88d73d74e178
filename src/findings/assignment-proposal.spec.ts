import { proposalOf } from './assignment-proposal.js';

const figure = { of: 'figure/05/331102/2022', owner: '331102' };
const project = { of: 'project/P01', owner: '331100', due: '2025' };

it('proposes the unit of the first thing that belongs to one, and the end of the first period that is ahead', () => {
  expect(proposalOf([{ of: 'indicator/05' }, figure, project], '2023-07-03', {})).toEqual({
    ...{ on: '2023-07-03', owner: '331102', ownerFrom: 'figure/05/331102/2022' },
    ...{ dueOn: '2025-12-31', dueFrom: 'project/P01', usualDays: 30 },
  });
});

it('proposes the usual days where nothing is due any more, and no unit where none is known', () => {
  expect(proposalOf([{ ...project, due: '2022' }], '2023-07-03', {})).toMatchObject({
    owner: '331100',
    dueOn: '2023-08-02',
  });
  expect(proposalOf([], '2023-07-03', {})).toEqual({ on: '2023-07-03', dueOn: '2023-08-02', usualDays: 30 });
});
