import { Navigate } from '@tanstack/react-router';

/** Whoever is let in has nothing to do at the sign-in page. */
export const SignedInAlready = () => <Navigate to="/" search={{}} replace />;
