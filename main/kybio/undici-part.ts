import type * as realUndici from 'undici';

/** The part of undici that is used; undici 6 on the substitute runtime has the same. */
export type UndiciPart = Pick<typeof realUndici, 'Agent' | 'request'>;
