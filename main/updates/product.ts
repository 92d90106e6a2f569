/** The program's own id: what a list of releases says it is of, and by which Windows knows its windows and links. */
export const PRODUCT = 'app.counterfoil.till';
