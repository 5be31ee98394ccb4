/** A module that is no backend. */
export const createBakend = (): void => undefined;
