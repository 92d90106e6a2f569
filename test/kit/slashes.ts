/** A path as sources and bundlers write it: with slashes, also under Windows. */
export const slashed = (path: string): string => path.replaceAll('\\', '/');
