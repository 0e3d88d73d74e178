import type { Assessment } from '../api/types';
import { statusWords } from '../words';
import { LightIcon } from './LightIcon';

/** A status shown by colour, shape and text. */
export function StatusTag({ status, light }: Pick<Assessment, 'status' | 'light'>) {
  return (
    <span className={`status ${light}`}>
      <LightIcon light={light} />
      {statusWords[status]}
    </span>
  );
}
