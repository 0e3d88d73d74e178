import { useNavigate } from '@tanstack/react-router';
import type { SubjectType } from '../api/types';
import { CommandButton } from '../shared/command/CommandButton';
import { t } from '../shared/i18n';
import { useIsToday, usePlanHere } from '../state/scope';
import { useMay } from '../state/session';

/** What a finding begins with: its subject, its words, and what it rests on. */
export interface Finding {
  readonly severity?: 'high' | 'medium' | 'low';
  readonly subjectType?: SubjectType;
  readonly subject?: string;
  readonly title: string;
  readonly detail?: string;
  readonly grounds?: readonly string[];
}

interface Props {
  readonly text?: string;
  readonly type?: 'default' | 'link';
  /** Present where it is raised out of something else: then the page of the finding follows, where it is assigned. */
  readonly finding?: Finding;
}

/** The most that the title of a finding may have. */
const longestTitle = 200;

/** The form of a finding, with what is known of it filled in. Only today: a problem is not written into the past. */
export function RaiseFinding({ text = t('提出问题'), type, finding }: Props) {
  const plan = usePlanHere();
  const may = useMay('evaluations.find', plan.plan);
  const isToday = useIsToday();
  const navigate = useNavigate();
  if (!may || !isToday) return null;
  return (
    <CommandButton
      command="raiseFinding"
      text={text}
      type={type}
      place={{ plan: plan.plan, units: plan.units }}
      fields={['severity', 'subjectType', 'subject', 'title', 'detail', 'grounds', 'lines', 'evidence']}
      initial={finding && { ...finding, title: finding.title.slice(0, longestTitle) }}
      onDone={({ stream }) => {
        const id = stream.slice(stream.lastIndexOf('.') + 1);
        if (finding)
          void navigate({ to: '/p/$plan/$resource/$id', params: { plan: plan.plan, resource: 'findings', id } });
      }}
    />
  );
}
