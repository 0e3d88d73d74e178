import { subjectWords } from '../words';
import { opensSubject, type Subject } from './things';

/** What a finding or a check is about, to be opened. */
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
