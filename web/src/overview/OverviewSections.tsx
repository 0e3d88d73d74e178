import type { Overview } from '../api/types';
import { ProgrammeSection } from '../programme/ProgrammeSection';
import { useScope } from '../state/scope';
import { AttentionPanel } from './AttentionPanel';
import { AreaIndexes } from './AreaIndexes';
import { CountyMatrix } from './CountyMatrix';
import { IndexChange } from './IndexChange';
import { IndexPanel } from './IndexPanel';
import { IndicatorTable } from './IndicatorTable';
import { LaterChanges } from './LaterChanges';
import { LightTally } from './LightTally';
import { Notes } from './Notes';

export function OverviewSections({ overview }: { readonly overview: Overview }) {
  const { unit } = useScope();
  return (
    <>
      <section className="top" aria-label="总览">
        <IndexPanel overview={overview} unit={unit.code} />
        <AreaIndexes overview={overview} unit={unit.code} />
        <LightTally rows={overview.indicators} unit={unit.code} />
        <AttentionPanel overview={overview} unit={unit.code} />
      </section>
      <LaterChanges overview={overview} unit={unit.code} />
      <IndexChange overview={overview} unit={unit.code} />
      <IndicatorTable overview={overview} unit={unit.code} />
      <CountyMatrix overview={overview} />
      <ProgrammeSection overview={overview} />
      <Notes overview={overview} unit={unit.code} />
    </>
  );
}
