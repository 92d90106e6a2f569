/** The program's id in release lists and on Windows. */
export const PRODUCT = 'app.counterfoil.till';
