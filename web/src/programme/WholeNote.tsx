interface Props {
  readonly of: string;
  readonly what: string;
  readonly none: boolean;
}

/** Says so where a unit answers for nothing of the kind itself, and those of the whole are shown. */
export function WholeNote({ of, what, none }: Props) {
  if (!none) return null;
  return (
    <p className="muted other-count">
      {of}没有单独负责的{what}，以下为规划的全部{what}
    </p>
  );
}
