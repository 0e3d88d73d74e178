import type { ReactNode } from 'react';
import type { Light } from '../api/types';
import { LightIcon } from '../shared/LightIcon';

/** A state shown by shape, colour and text. */
export function Mark({ light, children }: { readonly light: Light; readonly children: ReactNode }) {
  return (
    <span className={`status ${light}`}>
      <LightIcon light={light} />
      {children}
    </span>
  );
}
