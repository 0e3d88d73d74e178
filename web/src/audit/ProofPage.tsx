export const ProofPage = () => null;
