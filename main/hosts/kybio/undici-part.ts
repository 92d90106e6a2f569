import type * as realUndici from 'undici';

/** The used part of undici, replaceable in tests. */
export type UndiciPart = Pick<typeof realUndici, 'Agent' | 'request' | 'buildConnector'>;
