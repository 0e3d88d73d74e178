import { Type, type Static } from '@sinclair/typebox';

/**
 * What of a published evaluation may be shown to everybody besides its index, its main indicators at the unit of the
 * plan, and its overall verdict. Names of persons, evidence, and findings about the plan are never public.
 */
export const publicParts = [
  'judgements',
  'satisfaction',
  'findings',
  'units',
  'projects',
  'tasks',
  'policies',
  'promises',
] as const;
export type PublicPart = (typeof publicParts)[number];

export const publicationSchema = Type.Object(
  {
    parts: Type.Array(Type.Union(publicParts.map((part) => Type.Literal(part))), {
      description: 'Parts that are public, in the order of their list',
    }),
    indicators: Type.Optional(
      Type.Array(Type.String(), { description: 'Codes of the main indicators that are public; absent: all of them' }),
    ),
  },
  { additionalProperties: false },
);

/** What of a plan is public. */
export type Publication = Static<typeof publicationSchema>;

/** What of a plan that says nothing is public: the concluded judgements. */
export const defaultPublication: Publication = { parts: ['judgements'] };

/** Each part once, in the order of their list. */
export const publicationOf = ({ parts, indicators }: Publication): Publication => ({
  parts: publicParts.filter((part) => parts.includes(part)),
  ...(indicators && { indicators: [...new Set(indicators)].sort() }),
});
