import { IndicatorLink, ThingLink } from '../app/links';
import { subjectWords } from '../words';
import { resourceOf, type Subject } from './things';

/** The subject of a finding or check, as a link if it has a page. */
export function SubjectLink({ subject, name }: { readonly subject: Subject; readonly name: string | undefined }) {
  const { subjectType, subject: id, unit } = subject;
  const text = [subjectWords[subjectType], id].filter(Boolean).join(' ');
  if (id === undefined) return <>{text}</>;
  if (subjectType === 'indicator') {
    return (
      <IndicatorLink code={id} unit={unit} title={name}>
        {text}
      </IndicatorLink>
    );
  }
  const resource = resourceOf(subjectType);
  if (!resource) return <>{text}</>;
  return (
    <ThingLink thing={{ resource, id }} title={name}>
      {text}
    </ThingLink>
  );
}
