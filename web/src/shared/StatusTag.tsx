import type { Assessment } from '../api/types';
import { statusWords } from '../words';
import { LightIcon } from './LightIcon';

/** Colour, shape and word together: never colour alone. */
export function StatusTag({ status, light }: Pick<Assessment, 'status' | 'light'>) {
  return (
    <span className={`status ${light}`}>
      <LightIcon light={light} />
      {statusWords[status]}
    </span>
  );
}
