import type * as realUndici from 'undici';

/** The part of undici that is used: a test can have another in its place. */
export type UndiciPart = Pick<typeof realUndici, 'Agent' | 'request' | 'buildConnector'>;
