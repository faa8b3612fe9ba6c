/**
 * Mutants of `shared/` that no test can kill, each with the reason why it cannot matter. A run fails on a survivor that is
 * not here, and on an entry that is no survivor any more.
 */
export const accepted = [];
