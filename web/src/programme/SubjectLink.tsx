import { subjectWords } from '../words';
import { opensSubject, type Subject } from './things';

/** The subject of a finding or check, as a link if it has a detail. */
export function SubjectLink({ subject, name }: { readonly subject: Subject; readonly name: string | undefined }) {
  const opens = opensSubject(subject);
  const text = [subjectWords[subject.subjectType], subject.subject].filter(Boolean).join(' ');
  if (!opens) return <>{text}</>;
  return (
    <button type="button" className="link" title={name} onClick={opens}>
      {text}
    </button>
  );
}
