import { createContext } from 'react';

/** The tag of the till's language and region, by which typed sums and days are read. */
export const WrittenAs = createContext('en');
