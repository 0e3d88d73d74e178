import type { ReactNode } from 'react';
import type { Light } from '../api/types';

/** A shape per light, so that lights can be distinguished without colour and in print. */
const shapes: Readonly<Record<Light, ReactNode>> = {
  green: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.2l2.2 2.2 4.2-4.6" fill="none" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  yellow: (
    <>
      <path d="M8 1.2l7 13H1z" fill="currentColor" strokeLinejoin="round" />
      <path d="M8 6v4M8 12v.4" stroke="#fff" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  red: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  grey: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2" />
      <path d="M5.2 8h5.6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
};

export function LightIcon({ light, size = 15 }: { readonly light: Light; readonly size?: number }) {
  return (
    <svg className={`light-icon ${light}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[light]}
    </svg>
  );
}
