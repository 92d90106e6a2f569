import { createContext } from 'react';

/** The decimal sign of sums typed at the open till. */
export const DecimalSign = createContext('.');
